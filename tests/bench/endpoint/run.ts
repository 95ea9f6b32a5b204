import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { temporaryDirectory } from '../../helpers/endpoint/open-office.ts';
import { startPostgres, type PostgresCluster } from '../../helpers/endpoint/postgres-cluster.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { recordsPerTicket } from '../data/tickets.ts';
import { installPeers } from '../install-peers.ts';
import { sizeOf, type ContenderSize, type ContenderTimes } from './contender.ts';
import { History } from './history.ts';
import { measureFirstSync, type FirstSync } from './measure-first-sync.ts';
import { measureGrowth, type GrowthTimes } from './measure-growth.ts';
import { measureOwn } from './measure-own.ts';
import { gatheringMs, measureSeenByDesks } from './measure-real-desks.ts';
import { measureDesks } from './measure-throughput.ts';
import { readOptions, usage, type EndpointBenchOptions } from './options.ts';
import { measurePouchDb } from './peers/measure-pouchdb.ts';
import { measureRxDb } from './peers/measure-rxdb.ts';
import { measuredOn, reportFile, writeSections, type Section } from './report-file.ts';
import { desksSection, firstSection, growthSection, peersSection, seenSection, type ByStore } from './sections.ts';

const editsSeen = 60;
const changesAway = 200;
const warmUpTickets = 400;
const peerCache = path.resolve('node_modules/.cache/holdfast/bench/peers');

interface Stores {
  readonly sqlite: () => StorePlace;
  readonly postgres: () => StorePlace;
}

/** The same on both stores, one after the other. */
async function onBoth<Times>(
  { sqlite, postgres }: Stores,
  measure: (place: () => StorePlace) => Promise<readonly Times[]>,
): Promise<ByStore<Times>> {
  return [
    { store: 'SQLite', times: await measure(sqlite) },
    { store: 'PostgreSQL', times: await measure(postgres) },
  ];
}

async function measurePeers(size: ContenderSize): Promise<readonly ContenderTimes[]> {
  const peers = installPeers(process.cwd(), peerCache);
  if ('missing' in peers) console.error(peers.missing);
  const others =
    'folder' in peers
      ? [measurePouchDb, measureRxDb].map((measure) => (of: ContenderSize) => measure(peers.folder, of))
      : [];
  const contenders = [measureOwn, ...others];
  const warmUp = { tickets: warmUpTickets, edited: [] };
  for (const measure of contenders) await measure(warmUp);
  const measured: ContenderTimes[] = [];
  for (const measure of contenders) measured.push(await measure(size));
  return measured;
}

interface Grown {
  readonly growth: ByStore<GrowthTimes>;
  readonly first: readonly FirstSync[];
}

/** One space grows through all lengths: both what an operation costs by then and what a new desk gets. */
async function measureGrown({ sqlite, postgres }: Stores, options: EndpointBenchOptions): Promise<Grown> {
  const { only, tickets } = options;
  const first: FirstSync[] = [];
  // A first synchronisation is of so many tickets and nothing else: a space for each.
  if (only.has('first'))
    for (const count of tickets) {
      const history = new History(sqlite(), count);
      await history.growTo(count * recordsPerTicket);
      for (const withSnapshot of [false, true]) {
        await (withSnapshot ? history.makeSnapshot() : history.withholdSnapshot());
        first.push(await measureFirstSync(history.place, count));
        console.log(JSON.stringify(first.at(-1)));
      }
    }
  const grow = async (place: StorePlace, lengths: readonly number[]): Promise<readonly GrowthTimes[]> => {
    const history = new History(place, Math.max(...lengths) / 10);
    const times: GrowthTimes[] = [];
    for (const length of lengths) {
      times.push(await measureGrowth(history, length));
      console.log(JSON.stringify(times.at(-1)));
    }
    return times;
  };
  if (!only.has('growth')) return { growth: [], first };
  const growth = [
    { store: 'SQLite', times: await grow(sqlite(), options.history) },
    { store: 'PostgreSQL', times: await grow(postgres(), options.postgresHistory) },
  ];
  return { growth, first };
}

async function measureAll(options: EndpointBenchOptions, stores: Stores): Promise<readonly Section[]> {
  const { only, desks, peerTickets } = options;
  const sections: Section[] = [];
  const load = (): number => os.loadavg()[0] ?? 0;
  const add = async (wanted: boolean, measure: () => Promise<readonly Section[]>): Promise<void> => {
    if (!wanted) return;
    const made = await measure();
    for (const { heading, body } of made) console.log(`\n## ${heading}\n\n${body}`);
    sections.push(...made);
    if (options.write) await writeSections(made);
  };
  await add(only.has('desks'), async () => {
    const before = load();
    return [desksSection(await onBoth(stores, async (place) => await measureDesks(place, desks)), measuredOn(before))];
  });
  await add(only.has('seen'), async () => {
    const before = load();
    const seen = await onBoth(stores, async (place) => [await measureSeenByDesks(place(), editsSeen)]);
    return [seenSection(seen, gatheringMs, measuredOn(before))];
  });
  await add(only.has('peers'), async () => {
    const before = load();
    const size = sizeOf(peerTickets, changesAway);
    return [peersSection(await measurePeers(size), size, measuredOn(before))];
  });
  await add(only.has('first') || only.has('growth'), async () => {
    const before = load();
    const { growth, first } = await measureGrown(stores, options);
    const on = measuredOn(before);
    return [
      ...(first.length > 0 ? [firstSection(first, on)] : []),
      ...(growth.length > 0 ? [growthSection(growth, on)] : []),
    ];
  });
  return sections;
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
    return;
  }
  const clusters: PostgresCluster[] = [];
  const directories: string[] = [];
  const newDirectory = (): string => {
    const directory = temporaryDirectory();
    directories.push(directory);
    return directory;
  };
  const cluster = (): PostgresCluster => {
    const [started = startPostgres()] = clusters;
    if (clusters.length === 0) clusters.push(started);
    return started;
  };
  try {
    await measureAll(options, {
      sqlite: () => ({ kind: 'sqlite', directory: newDirectory() }),
      postgres: () => ({ kind: 'postgres', url: cluster().newDatabase() }),
    });
    if (options.write) console.log(`written: ${reportFile}`);
  } finally {
    for (const started of clusters) started.stop();
    for (const directory of directories) fs.rmSync(directory, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
process.exit();
