import type { ContenderSize, ContenderTimes } from './contender.ts';
import type { FirstSync } from './measure-first-sync.ts';
import type { GrowthTimes } from './measure-growth.ts';
import type { SeenTimes } from './measure-real-desks.ts';
import type { DesksTimes } from './measure-throughput.ts';
import { digits, megabytes, table, whole, type Section } from './report-file.ts';

/** Times by the store they were measured on. */
export type ByStore<Times> = readonly { readonly store: string; readonly times: readonly Times[] }[];

function rowsOf<Times>(measured: ByStore<Times>, cells: (times: Times) => readonly string[]) {
  return measured.flatMap(({ store, times }) => times.map((each) => [store, ...cells(each)]));
}

export function desksSection(measured: ByStore<DesksTimes>, on: string): Section {
  const rows = rowsOf(measured, (each) => [
    whole(each.desks),
    digits(each.pushPerSecond),
    digits(each.pushCpuMs * 1_000),
    digits(each.pullPerSecond),
    digits(each.seenP50),
    digits(each.seenP95),
  ]);
  const head = ['store', 'desks', 'operations pushed/s', 'endpoint µs/operation', 'entries pulled/s'];
  const body = `Callers that only speak the protocol: what is measured is the endpoint. Pushes of 250 operations (50 with 200 desks), four
edits to a new ticket; pulls of 1,000 entries a page by up to 20 desks. "Seen" is the time from the moment a desk sends
an edit to the moment another, told by its event stream, has pulled it. "µs/operation" is the endpoint's processor.

${table([...head, 'seen p50 ms', 'seen p95 ms'], rows)}

${on}`;
  return { heading: 'Desks at once', body };
}

export function seenSection(measured: ByStore<SeenTimes>, gatheringMs: number, on: string): Section {
  const rows = rowsOf(measured, (each) => [
    whole(each.edits),
    digits(each.p50),
    digits(each.p95),
    digits(each.afterGatheringP50),
  ]);
  const body = `Two desks whole but for their screens (data service, engine and transport as they are, in one Node process with an
IndexedDB in memory): from the call that saves an edit on A to the moment B's list has it. A waits ${gatheringMs} ms for the next
key before it pushes, and B up to 100 ms by chance, so that not all desks pull at once; both are in these times, and the
first is taken off in the last column.

${table(['store', 'edits', 'p50 ms', 'p95 ms', 'p50 without gathering'], rows)}

${on}`;
  return { heading: 'Edit on one desk, seen on another', body };
}

export function firstSection(measured: readonly FirstSync[], on: string): Section {
  const rows = measured.map((each) => [
    whole(each.tickets),
    whole(each.records),
    each.by,
    digits(each.firstRowsMs / 1_000),
    digits(each.completeMs / 1_000),
    digits(each.records / (each.completeMs / 1_000)),
    megabytes(each.bytes),
    (each.bytes / each.stateBytes).toFixed(2),
    whole(each.requests),
  ]);
  const head = ['tickets', 'records', 'by', 'first 50 rows s', 'complete s', 'records/s'];
  const body = `A new desk (as above) at an endpoint on SQLite whose space was admitted one operation a record: a ticket of 20 fields with
three comments; first without a snapshot, then with one, which a desk that takes parts prefers ("by"). Times from before the
enrolment. "of state" compares the bytes of all bodies on the line with all states
as NDJSON by gzip.

${table([...head, 'MB', 'of state', 'requests'], rows)}

${on}`;
  return { heading: 'First synchronisation', body };
}

export function peersSection(measured: readonly ContenderTimes[], size: ContenderSize, on: string): Section {
  const [own] = measured;
  const first = measured.map((each) => [
    each.name,
    digits(each.ms / 1_000),
    digits(each.records / (each.ms / 1_000)),
    ratio(each.ms, own?.ms),
    digits((each.cpuMs * 1_000) / each.records),
    megabytes(each.bytes),
    whole(each.requests),
  ]);
  const lines = (own?.reconnect ?? []).map(({ line }, index) => [
    line,
    ...measured.flatMap(({ reconnect }) => {
      const found = reconnect[index];
      return found
        ? [`${digits(found.ms / 1_000)} s, ${digits(found.bytes / 1e3)} kB, ${found.requests} requests`]
        : [];
    }),
  ]);
  const records = measured[0]?.records ?? 0;
  const body = `The same ${whole(records)} records (${whole(size.tickets)} tickets, three comments each) and the same proxy for all, in one run. PouchDB
replicates with express-pouchdb on LevelDB, its rows here in its own in-memory adapter (its IndexedDB adapters do not run
outside of a browser); RxDB's HTTP replication with a server that keeps the rows in memory, its rows here in its Dexie
storage on the same IndexedDB in memory as this program's. Batches of 500 for both. Neither of their servers waits for a
disk, checks a right or keeps a history. Each has replicated a small space before, so that none is measured cold;
"processor" is that of the process of the desk.

${table(['first synchronisation', 's', 'records/s', 'times as long', 'processor µs/record', 'MB', 'requests'], first)}

A desk edits ${size.edited.length} tickets while it is away and comes back: until the server has them and the desk knows. Every request
waits once for the round trip; bodies share the line.

${table(['line', ...measured.map(({ name }) => name)], lines)}

${on}`;
  return { heading: 'Beside PouchDB and RxDB', body };
}

function ratio(ms: number, own: number | undefined): string {
  return own === undefined ? '' : (ms / own).toFixed(2);
}

export function growthSection(measured: ByStore<GrowthTimes>, on: string): Section {
  const rows = measured.flatMap(({ store, times }) =>
    times.map((each) => [
      store,
      whole(each.history),
      digits(each.pushCpuMs * 1_000),
      digits(each.pushMs * 1_000),
      digits(each.pageMs),
      digits(each.helloMs),
      ratio(each.pushCpuMs, times[0]?.pushCpuMs),
    ]),
  );
  const head = ['store', 'operations of history', 'endpoint µs/operation', 'µs/operation', 'page ms', 'greeting ms'];
  const body = `The history is admitted by the endpoint's own admission in the process of the benchmark, 2,000 operations a transaction,
without HTTP; then, over HTTP, 5,000 operations in pushes of 500, pages of 1,000 entries anywhere in the log, greetings.
"µs/operation" of the endpoint is its processor; the last column compares it with the shortest history.

${table([...head, 'grown by'], rows)}

${on}`;
  return { heading: 'As the history grows', body };
}
