import { appendFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import {
  liveTable,
  loadTable,
  programTable,
  readTable,
  savePartsTable,
  saveTable,
  targetTable,
} from './report-tables.ts';
import { ticketsFor } from './run-rounds.ts';
import type { Samples } from './samples.ts';

/** Of docs/benchmarks.md; a run with another number has a report of its own beside it. */
const usualTickets = 20_000;

export interface RunFacts {
  readonly tickets: number;
  readonly rounds: number;
  readonly versions: Readonly<Record<string, string>>;
  /** Average of running processes (one minute) before each round. */
  readonly loads: readonly number[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/** Everything as Markdown: for docs/benchmarks.md, and for the terminal. */
export function formatReport(samples: Samples, facts: RunFacts): string {
  const cpus = os.cpus();
  const machine = `${cpus.length} x ${cpus[0]?.model ?? 'unknown processor'}, ${Math.round(os.totalmem() / 1024 ** 3)} GB, ${os.type()} ${os.release()}`;
  const versions = Object.entries(facts.versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
  const notes = facts.notes.length === 0 ? '' : `\n${facts.notes.map((note) => `- ${note}`).join('\n')}\n`;
  return `# Benchmarks

Written by \`npm run bench\`. One run, ${facts.rounds} interleaved rounds, medians; every contender in its own process of the same
Electron with a fresh profile, all with the same generated rows: ${facts.tickets.toLocaleString('en')} tickets of 22 fields with three comments
each (RxDB ${ticketsFor('rxdb', facts.tickets).toLocaleString('en')}, PouchDB ${ticketsFor('pouchdb', facts.tickets).toLocaleString('en')}, which flatters both). Ratios count; milliseconds are of this machine.

- ${new Date().toISOString().slice(0, 10)}, ${machine}
- ${versions}
- Load of the machine before each round (1.0 = one processor busy): ${facts.loads.map((load) => load.toFixed(1)).join(', ')}
${notes}
## Against the targets

${targetTable(samples)}

## Bulk load

Holdfast writes what an import writes: operations with hashes and log, merged bodies in segments, columns, and the journal
in the main process, fsynced, through the product's own module. The others write rows and indexes only; "layout alone" is
this program without operations, log and journal.

${loadTable(samples)}

## One save

A ticket goes on hold or back, with a comment. Holdfast: from the page through the worker, decided by the domain, one strict
transaction and the fsynced journal. Raw and Dexie: one transaction in the page (relaxed unless named). RxDB has no
transaction over collections; SQLite runs with \`synchronous=FULL\`.

${saveTable(samples)}

What a save of Holdfast waits for, each alone, as the data worker sees it:

${savePartsTable(samples)}

## Reads (ms)

Page: the 50 tickets of a queue in progress that changed last. Group: tickets by state and priority. Record: a ticket with
its comments (Holdfast: with its whole history). Holdfast and SQLite answer from a worker, RxDB from its query cache.

${readTable(samples)}

## Live queries, from the change to the page (ms, p50)

Every view shows the page of one of 20 queues; a ticket of the first is changed.

${liveTable(samples)}

## The program

${programTable(samples)}
`;
}

/** One line for each run, so that a trend shows. */
export async function writeReport(root: string, report: string, samples: Samples, facts: RunFacts): Promise<void> {
  const file = path.join(
    root,
    facts.tickets === usualTickets ? 'docs/benchmarks.md' : `docs/benchmarks-${facts.tickets}.md`,
  );
  const style = await resolveConfig(file);
  writeFileSync(file, await format(report, { ...style, filepath: file }));
  const line = { at: new Date().toISOString(), ...facts, values: samples.medians() };
  appendFileSync(path.join(root, 'docs/benchmarks-trend.ndjson'), `${JSON.stringify(line)}\n`);
}
