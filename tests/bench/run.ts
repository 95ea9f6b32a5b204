import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildBench } from './build-bench.ts';
import type { BuiltBench } from './build-bench.ts';
import { installPeers } from './install-peers.ts';
import { runJob } from './launch.ts';
import { readOptions, usage } from './options.ts';
import type { BenchOptions } from './options.ts';
import { runImport, runStartUp } from './run-app.ts';
import { profileOf, runRound } from './run-rounds.ts';
import type { RoundPlace } from './run-rounds.ts';
import { Samples } from './samples.ts';
import { formatReport, writeReport } from './write-report.ts';
import type { RunFacts } from './write-report.ts';

const root = process.cwd();
const cache = path.join(root, 'node_modules/.cache/holdfast/bench');
const realLog = path.join(root, '../shared/data/servicenow-incident-log.csv.gz');

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function versionOf(folder: string, name: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

function createPlace(built: BuiltBench): RoundPlace {
  const executable = process.env['ELECTRON_EXECUTABLE'];
  if (executable === undefined)
    throw new Error('ELECTRON_EXECUTABLE is not set: start the benchmarks by `npm run bench`');
  const scratch = path.join(cache, 'run');
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  return { executable, main: built.main, preload: built.preload, scratch, built, say };
}

async function profile(options: BenchOptions): Promise<void> {
  const built = await buildBench(root, path.join(cache, 'built'), null, true);
  const place = createPlace(built);
  for (const kind of ['load', 'use'] as const) {
    const file = path.join(cache, `${kind}.cpuprofile`);
    const job = { kind, subject: 'in-page', tickets: options.tickets, reads: 60, saves: 150, views: [] } as const;
    await runJob(place, built.ownPages, profileOf('in-page', place.scratch), job, file);
    say(`${kind}: open ${file} in the performance panel of Chromium's developer tools`);
  }
}

async function compare(options: BenchOptions): Promise<void> {
  const notes: string[] = [];
  const peers = options.peers
    ? installPeers(root, path.join(cache, 'peers'))
    : { missing: 'RxDB, PouchDB and SQLite were left out (--no-peers).' };
  if ('missing' in peers) notes.push(peers.missing);
  const peerFolder = 'folder' in peers ? peers.folder : null;
  const built = await buildBench(root, path.join(cache, 'built'), peerFolder, false);
  const place = createPlace(built);
  const isBuilt = existsSync(path.join(root, 'out/main/main.js'));
  if (!isBuilt) notes.push('The program is not built: start-up, memory and import were left out.');
  const hasLog = existsSync(realLog);
  if (!hasLog) notes.push('The real log is not there: the import was left out.');

  const samples = new Samples();
  const loads: number[] = [];
  for (let round = 0; round < options.rounds; round += 1) {
    loads.push(os.loadavg()[0] ?? 0);
    say(`round ${round + 1} of ${options.rounds}`);
    await runRound(round, options, place, samples);
    if (isBuilt) await tolerate('start-up', notes, () => runStartUp(root, place, samples));
    if (isBuilt && hasLog) await tolerate('import', notes, () => runImport(root, realLog, place, samples));
  }
  const empty = await runJob(place, built.ownPages, path.join(place.scratch, 'profile-empty'), {
    kind: 'idle',
    subject: 'raw',
    tickets: 500,
    reads: 0,
    saves: 0,
    views: [],
  });
  const peerVersions =
    peerFolder === null
      ? {}
      : {
          RxDB: versionOf(peerFolder, 'rxdb'),
          PouchDB: versionOf(peerFolder, 'pouchdb-browser'),
          'SQLite-WASM': versionOf(peerFolder, '@sqlite.org/sqlite-wasm'),
        };
  const versions = {
    Electron: empty.versions.electron,
    Chromium: empty.versions.chromium,
    Dexie: versionOf(root, 'dexie'),
    ...peerVersions,
  };
  const facts: RunFacts = {
    tickets: options.tickets,
    rounds: options.rounds,
    versions,
    loads,
    notes: [...new Set(notes)],
  };
  const report = formatReport(samples, facts);
  process.stdout.write(report);
  if (options.write) await writeReport(root, report, samples, facts);
}

/** The program may be broken while its data layer is measured: said in the report, never a reason to lose the rest. */
async function tolerate(what: string, notes: string[], run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const [first = ''] = String(error instanceof Error ? error.message : error).split('\n');
    notes.push(`The ${what} could not be measured: ${first}`);
    say(String(error));
  }
}

const options = readOptions(process.argv.slice(2));
if (options === 'help') process.stdout.write(`${usage}\n`);
else if (options.profile) await profile(options);
else await compare(options);
