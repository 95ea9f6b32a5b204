import { ColumnTable } from '../../renderer/data/columns/column-table.ts';
import { dueOf, ServicePolicy } from '../../renderer/data/service-levels/clock-room.ts';
import { StageTimer } from '../../renderer/data/service-levels/stage-timer.ts';
import type { Body } from '../../renderer/data/storage/body.ts';
import type { RecordValues } from '../../shared/domain/change.ts';
import { defaultPolicy } from '../../shared/domain/service-level/default-policy.ts';
import type { HistoryContext } from '../../shared/domain/service-level/ticket-history.ts';
import type { Dot, FieldValue } from '../../shared/sync/operation.ts';
import type { TrailEvent } from '../../shared/sync/trail.ts';

/**
 * Service levels of many open tickets: `npm run bench:service-levels -- [TICKETS]`
 * Each time is told beside a plain pass over the same rows in the same run, since the machine changes and the ratio does
 * not: for the reckoning a pass that reads the same histories and adds a fixed time, for the timer a pass that sums one
 * column.
 */
const tickets = Number(process.argv[2] ?? 100_000);
const rounds = 5;
const hour = 3_600_000;
const now = Date.UTC(2026, 2, 10, 10);

const of = (entity: string): ReadonlyMap<string, RecordValues> =>
  new Map(
    defaultPolicy('Europe/Berlin')
      .filter((change) => change.entity === entity)
      .map(({ id, fields }) => [id, fields]),
  );
const policy = new ServicePolicy({
  levels: of('service-level'),
  calendars: of('calendar'),
  holidays: new Map(),
  services: new Map(),
  sites: new Map(),
});
const context: HistoryContext = { now, isAgent: () => true };

/** Opened within four weeks; one in three started, one in five held and resumed. */
function bodyOf(number: number): Body {
  const openedAt = now - ((number * 7_919) % (28 * 24)) * hour - (number % 60) * 60_000;
  const trail: TrailEvent[] = [];
  const add = (after: number, fields: Readonly<Record<string, FieldValue>>): void => {
    const before: Dot = `BENCH00000:${number * 10 + trail.length}`;
    trail.push({
      dot: `BENCH00000:${number * 10 + trail.length + 1}`,
      at: openedAt + after,
      offset: 0,
      fields: Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, { value, parents: trail.length === 0 ? [] : [before] }]),
      ),
    });
  };
  add(0, { type: 'incident', state: 'new', priority: String(1 + (number % 5)), caller: `c${number % 999}`, openedAt });
  if (number % 3 === 0) add(hour / 4, { state: 'in-progress', assignee: `a${number % 40}` });
  if (number % 5 === 0) add(hour / 2, { state: 'on-hold', onHoldReason: 'awaiting-caller' });
  if (number % 5 === 0) add(2 * hour, { state: 'in-progress', onHoldReason: null });
  const id = `t-${number}`;
  const state = { entity: 'ticket', id, fields: {} };
  return { entity: 'ticket', id, state, entries: [], trail, log: [], createdAt: openedAt, updatedAt: now, ownSeq: 0 };
}

function median(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
}

function time(run: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const began = performance.now();
    run();
    return performance.now() - began;
  });
  return median(times);
}

function tell(what: string, ms: number, plainMs: number): void {
  const perTicket = ((ms * 1_000) / tickets).toFixed(2);
  process.stdout.write(`${what.padEnd(44)} ${ms.toFixed(1).padStart(9)} ms  ${perTicket.padStart(8)} µs a ticket`);
  process.stdout.write(`  ${(ms / plainMs).toFixed(1).padStart(7)} x plain\n`);
}

const bodies = Array.from({ length: tickets }, (_, number) => bodyOf(number));
policy.warm(now);
let sink = 0;
const plain = time(() => {
  for (const { trail } of bodies)
    for (const event of trail)
      for (const { value } of Object.values(event.fields)) if (value === 'new') sink += event.at + 4 * hour;
});
tell('plain pass over the histories', plain, plain);
tell(
  'due times of all, computed from history',
  time(() => {
    for (const body of bodies) sink += dueOf(body, policy, context).due ?? 0;
  }),
  plain,
);

const table = new ColumnTable('ticket');
for (const body of bodies) {
  const row = table.put({
    id: body.id,
    values: {},
    createdAt: body.createdAt,
    updatedAt: body.updatedAt,
    ownSeq: 0,
    conflict: false,
    deleted: false,
  });
  table.derive(row, { ...dueOf(body, policy, context) });
}
const due = table.columns.get('due');
if (due?.layout !== 'number') throw new Error('the column of due times holds no numbers');
const plainColumn = time(() => {
  for (let row = 0; row < table.size; row += 1) sink += due.numberAt(row);
});
tell('plain pass over one column', plainColumn, plainColumn);
let clock = now;
const timer = new StageTimer(table, { now: () => clock, alarm: () => undefined }, (_rows, change) => {
  change();
});
tell(
  'stages of all an hour later, and the next moment',
  time(() => {
    clock += hour;
    timer.look();
  }),
  plainColumn,
);
tell(
  'one ticket computed anew',
  time(() => {
    const [body] = bodies;
    if (body) sink += dueOf(body, policy, context).due ?? 0;
  }) * tickets,
  plain,
);
if (Number.isNaN(sink)) process.stdout.write('\n');
