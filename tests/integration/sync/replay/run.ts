import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startPostgres } from '../../../helpers/endpoint/postgres-cluster.ts';
import { temporaryDirectory } from '../../../helpers/endpoint/open-office.ts';
import { measuredOn, replayHeadings, reportFile, writeSections } from '../../../bench/endpoint/report-file.ts';
import { readLog } from './log-rows.ts';
import type { Standing } from './judge-replay.ts';
import { replayLog, type ReplayResult } from './replay-log.ts';

const usage = `usage: npm run replay -- FILE [--store sqlite|postgres] [--desks N] [--rows N] [--seed S] [--write]
Replays an update log (CSV, may be .gz) by N desks (20), each offline at random, on SQLite (default) or PostgreSQL.
--write puts what came out into ${reportFile}.`;

function describe(result: ReplayResult, desks: number): readonly string[] {
  const { before, after, edits, exchanges, refused, settled } = result;
  const told = (standing: Standing): string => {
    const { size } = new Set(standing.digests);
    const equal = size === 1 ? 'all equal' : `${size} DIFFERENT`;
    return `${standing.digests.length} digests, ${equal}; ${count(standing.lost)} operations lost`;
  };
  const peakGiB = process.resourceUsage().maxRSS / 2 ** 20;
  const { user, system } = process.cpuUsage();
  return [
    `${count(before.operations)} operations of ${desks} desks, ${count(edits)} fields, ${count(exchanges)} exchanges`,
    `${told(before)}, ${count(refused)} refused`,
    `${count(before.conflicts.length)} fields in review: ${result.conflictsPerThousand.toFixed(1)} for 1,000 operations; ${count(result.notOffered.length)} of them not offered for review by some desk`,
    `${count(settled)} settled at one desk ("keep shown"): ${count(after.conflicts.length)} left; then ${told(after)}`,
    `${count(result.seconds)} s, ${count((user + system) / 1e6)} s of processor, at most ${peakGiB.toFixed(1)} GiB, desks and endpoint in one process`,
  ];
}

const count = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Equal everywhere, nothing lost or refused, and every conflict could be settled. */
function isProven({ before, after, refused, notOffered, settled }: ReplayResult): boolean {
  const isEqual = [before, after].every(({ digests, lost }) => new Set(digests).size === 1 && lost === 0);
  const isReviewed = notOffered.length === 0 && settled === before.conflicts.length && after.conflicts.length === 0;
  return isEqual && refused === 0 && isReviewed;
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      store: { type: 'string', default: 'sqlite' },
      desks: { type: 'string', default: '20' },
      rows: { type: 'string' },
      seed: { type: 'string', default: '1' },
      write: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [file] = positionals;
  if (values.help || file === undefined || !fs.existsSync(file)) {
    console.log(file === undefined || values.help ? usage : `There is no file ${file}.\n${usage}`);
    return values.help ? 0 : 1;
  }
  if (values.store !== 'sqlite' && values.store !== 'postgres')
    throw new Error(`--store ${values.store}: expected sqlite or postgres`);
  const loadBefore = os.loadavg()[0] ?? 0;
  const cluster = values.store === 'postgres' ? startPostgres() : null;
  const directory = temporaryDirectory();
  try {
    const rows = readLog(file, values.rows === undefined ? Infinity : Number(values.rows));
    const result = await replayLog({
      rows,
      place: cluster ? { kind: 'postgres', url: cluster.newDatabase() } : { kind: 'sqlite', directory },
      desks: Number(values.desks),
      seed: Number(values.seed),
      tell: console.log,
    });
    const told = describe(result, Number(values.desks));
    console.log(told.join('\n'));
    if (values.write) {
      const command = `npm run replay -- ${path.basename(file)} --store ${values.store} --seed ${values.seed}`;
      const what = `\`${command}\`: ${count(rows.length)} updates of incidents, as ServiceNow exported them, done again by desks that own people of the log, some of them shared, each offline at random.`;
      const body = [what, told.map((line) => `- ${line}`).join('\n'), measuredOn(loadBefore)].join('\n\n');
      await writeSections([{ heading: replayHeadings[values.store], body }]);
    }
    return isProven(result) ? 0 : 1;
  } finally {
    cluster?.stop();
    fs.rmSync(directory, { recursive: true, force: true });
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
