import { findConflicts, conflictsOf, type PlacedChange } from '../../shared/domain/change-schedule/find-conflicts.ts';
import { findFreeSlots } from '../../shared/domain/change-schedule/free-slots.ts';
import { conflictKinds, type ScheduleWindow } from '../../shared/domain/change-schedule/planned-change.ts';
import { TouchedItems } from '../../shared/domain/change-schedule/touched-items.ts';
import { buildImpactGraph } from '../../shared/domain/impact/impact-graph.ts';

/**
 * Conflicts in a large schedule: npm run bench:changes [-- CHANGES]
 * Each time is told beside a plain pass over the same changes in the same run, since the machine changes and the ratio
 * does not. The second half has a quarter of the changes in a quarter of the time.
 */
const [changes = 20_000] = process.argv.slice(2).map(Number);
const items = 5_000;
const services = 200;
const hour = 3_600_000;
const rounds = 5;
const checks = new Set(conflictKinds);
let sink = 0;

function median(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
}

function time(run: () => void): number {
  return median(
    Array.from({ length: rounds }, () => {
      const began = performance.now();
      run();
      return performance.now() - began;
    }),
  );
}

function measure(count: number): void {
  const edges = 2 * items;
  const from = Int32Array.from({ length: edges }, (_, edge) => edge % items);
  const to = Int32Array.from({ length: edges }, (_, edge) =>
    edge < items ? items + (edge % services) : Math.min(items - 1, (edge % items) + 1 + ((edge * 7_919) % 50)) % items,
  );
  const forward = to.map((target, edge) => (edge >= items && edge % 5 !== 0 ? items + (target % services) : target));
  const graph = buildImpactGraph({
    nodes: items + services,
    from,
    to: forward,
    group: new Int32Array(edges).fill(-1),
    redundancies: [],
  });
  const touched = new TouchedItems(graph, (node) => node >= items);
  const horizon = count * hour;
  const placed = Array.from({ length: count }, (_, row): PlacedChange => {
    const start = (row * 7_919 * 60_000 * 31) % horizon;
    const change = {
      id: `c-${row}`,
      from: start,
      to: start + (1 + (row % 4)) * hour,
      items: [(row * 104_729) % items, (row * 15_485_863) % items],
      service: null,
      owner: `p-${row % 300}`,
    };
    return { change, touched: touched.of(change) };
  });
  const windows = Array.from({ length: 12 }, (_, row): ScheduleWindow => ({
    id: `w-${row}`,
    kind: row % 3 === 0 ? 'blackout' : 'maintenance-window',
    covers: new Set(Array.from({ length: 40 }, (__, step) => (row * 400 + step) % items)),
    occurrences: Array.from({ length: 50 }, (__, week) => ({
      from: week * 168 * hour,
      to: week * 168 * hour + 8 * hour,
    })),
  }));
  const plain = time(() => {
    for (const { change } of placed) sink += change.from + change.to + change.items.length + change.owner.length;
  });
  const tell = (what: string, ms: number, found: string): void => {
    const ratio = (ms / plain).toFixed(0).padStart(8);
    process.stdout.write(`${what.padEnd(38)} ${ms.toFixed(2).padStart(9)} ms ${ratio} x plain  ${found}\n`);
  };
  process.stdout.write(`${count} planned changes, ${items} configuration items, ${windows.length} windows\n`);
  tell('plain pass', plain, '');
  const found = findConflicts(placed, windows, checks);
  tell(
    'all conflicts',
    time(() => (sink += findConflicts(placed, windows, checks).size)),
    `${found.size} changes collide`,
  );
  const [first] = placed;
  if (first === undefined) return;
  tell(
    'one change at another time',
    time(() => (sink += conflictsOf(first, placed, windows, checks).length)),
    '',
  );
  const slots = findFreeSlots(first, placed, windows, checks, 0).length;
  tell(
    'next free slots',
    time(() => (sink += findFreeSlots(first, placed, windows, checks, 0).length)),
    `${slots} found`,
  );
  process.stdout.write('\n');
}

measure(changes);
measure(Math.floor(changes / 4));
if (Number.isNaN(sink)) process.stdout.write('\n');
