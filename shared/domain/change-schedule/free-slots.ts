import { clipIntervals, subtractIntervals, uniteIntervals, type Interval } from '../calendar/interval.ts';
import { reasonsAgainst, windowRules, type ConflictChecks, type PlacedChange } from './find-conflicts.ts';
import type { ScheduleWindow } from './planned-change.ts';

/** How far a search looks and how much it suggests (itsm-practices 2.4). */
export const slotDays = 90;
export const slotsAtMost = 100;
/** Slots begin on a quarter of an hour. */
export const slotStepMs = 15 * 60_000;
const dayMs = 86_400_000;

/**
 * When a change could be instead, without any conflict: the beginning of each free stretch of time, and in a long one
 * the same time on the days after. In order, from `from` (ms) on; all as long as the change is.
 */
export function findFreeSlots(
  placed: PlacedChange,
  others: Iterable<PlacedChange>,
  windows: readonly ScheduleWindow[],
  checks: ConflictChecks,
  from: number,
): readonly Interval[] {
  const length = placed.change.to - placed.change.from;
  const bounds = { from, to: from + slotDays * dayMs };
  const rules = windowRules(placed, windows, checks);
  const taken = rules.blackouts.flatMap(({ window }) => window.occurrences);
  for (const other of others)
    if (other.change.id !== placed.change.id && reasonsAgainst(placed, other, checks).length > 0)
      taken.push(other.change);
  let open: readonly Interval[] = [bounds];
  for (const rule of rules.within) open = open.flatMap((stretch) => clipIntervals(rule.open, stretch));
  const busy = uniteIntervals(taken);
  const slots: Interval[] = [];
  for (const stretch of open)
    for (const free of subtractIntervals(stretch, busy)) {
      let start = Math.ceil(free.from / slotStepMs) * slotStepMs;
      for (; start + length <= free.to && slots.length < slotsAtMost; start += dayMs)
        slots.push({ from: start, to: start + length });
    }
  return slots;
}
