import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { temporaryDirectory } from '../../helpers/endpoint/open-office.ts';
import { startPostgres } from '../../helpers/endpoint/postgres-cluster.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { measureDesks, measureGrowth, type DesksTimes, type GrowthTimes } from './measure-endpoint.ts';

const usage = `usage: npm run bench:endpoint -- [--history N] [--desks N]
Measures an endpoint on SQLite and PostgreSQL with 1, 20, ... desks (up to N, 200) and with a history of up to N
operations (1000000); writes docs/benchmarks-endpoint.md.`;

const report = 'docs/benchmarks-endpoint.md';

interface StoreTimes {
  readonly name: string;
  readonly desks: readonly DesksTimes[];
  readonly growth: readonly GrowthTimes[];
}

async function measureStore(
  name: string,
  place: () => StorePlace,
  desks: readonly number[],
  lengths: readonly number[],
): Promise<StoreTimes> {
  const measured = await measureDesks(place, desks);
  console.log(`${name}: ${JSON.stringify(measured)}`);
  const growth = await measureGrowth(place(), lengths);
  console.log(`${name}: ${JSON.stringify(growth)}`);
  return { name, desks: measured, growth };
}

const digits = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en-US') : value.toPrecision(3);

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

async function writeReport(stores: readonly StoreTimes[], load: string): Promise<void> {
  const desks = stores.flatMap(({ name, desks: times }) =>
    times.map((each) => [
      name,
      String(each.desks),
      digits(each.pushPerSecond),
      digits(each.pullPerSecond),
      digits(each.seenP50),
      digits(each.seenP95),
    ]),
  );
  const growth = stores.flatMap(({ name, growth: times }) =>
    times.map((each) => [
      name,
      each.history.toLocaleString('en-US'),
      digits(each.pushCpuMs * 1_000),
      digits(each.pushMs * 1_000),
      digits(each.pageMs),
    ]),
  );
  const [cpu] = os.cpus();
  const text = `# Benchmarks of the endpoint

Written by \`npm run bench:endpoint\`. One run; the endpoint in a process of its own on the same machine as the desks that
call it, over HTTP on the loopback, every push durable (fsync) before it is answered. Ratios count; milliseconds are of
this machine.

- ${new Date().toISOString().slice(0, 10)}, ${os.cpus().length} x ${cpu?.model.trim() ?? '?'}, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.release()}, Node ${process.versions.node}
- Load of the machine at the start and at the end (1.0 = one processor busy): ${load}

## Desks at once

Pushes of 250 operations (50 with 200 desks), four edits to a new ticket; pulls of 1,000 entries a page by up to 20 desks.
"Seen" is the time from the moment a desk sends an edit to the moment another, told by its event stream, has pulled it.

${table(['store', 'desks', 'operations pushed/s', 'entries pulled/s', 'seen p50 ms', 'seen p95 ms'], desks)}

## As the history grows

The last 5,000 operations before each length, in pushes of 500; a page of 1,000 entries anywhere in the log.

${table(['store', 'operations of history', 'processor µs/operation', 'µs/operation', 'page ms'], growth)}
`;
  const file = path.resolve(report);
  fs.writeFileSync(file, await format(text, { ...(await resolveConfig(file)), filepath: file }));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      history: { type: 'string', default: '1000000' },
      desks: { type: 'string', default: '200' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return;
  }
  const counts = [1, 20, 200].filter((count) => count <= Number(values.desks));
  const lengths = [10_000, 100_000, 1_000_000].filter((length) => length <= Number(values.history));
  const before = os.loadavg()[0]?.toFixed(1) ?? '?';
  const cluster = startPostgres();
  try {
    const stores = [
      await measureStore('SQLite', () => ({ kind: 'sqlite', directory: temporaryDirectory() }), counts, lengths),
      await measureStore('PostgreSQL', () => ({ kind: 'postgres', url: cluster.newDatabase() }), counts, lengths),
    ];
    await writeReport(stores, `${before}, ${os.loadavg()[0]?.toFixed(1) ?? '?'}`);
    console.log(`written: ${report}`);
  } finally {
    cluster.stop();
  }
}

try {
  await main();
} catch (error) {
  console.error(error);
  process.exitCode = 1;
}
