import { clipIntervals, lengthOf, subtractIntervals, type Interval } from '../calendar/interval.ts';
import { addWorkingDays } from '../calendar/working-days.ts';
import type { WorkingTime } from '../calendar/working-time.ts';

/**
 * How long a target gives: open time in minutes, or whole working days. The two are never converted into each other:
 * "1 day" as a block of 24 open hours is three days of an office.
 */
export type TargetDuration =
  | { readonly unit: 'minutes'; readonly amount: number }
  | { readonly unit: 'working-days'; readonly amount: number; readonly endOfDay?: boolean };

/** Open time (ms) a target has from its start. Working days end at an instant, so they differ with the start. Null: never ends. */
export function budgetOf(working: WorkingTime, start: number, duration: TargetDuration): number | null {
  if (duration.unit === 'minutes') return duration.amount * 60_000;
  const end = addWorkingDays(working, start, duration.amount, duration.endOfDay);
  return end === null ? null : working.openMs(start, end);
}

/**
 * The first instant at which `budget` ms of open time outside the pauses have passed (SLA-4, SLA-5, SLA-8); null when
 * that never comes. `pauses` must be united.
 */
export function dueAfter(
  working: WorkingTime,
  start: number,
  budget: number,
  pauses: readonly Interval[],
): number | null {
  let remaining = budget;
  let at = start;
  for (const pause of pauses) {
    if (pause.to <= at) continue;
    const open = working.openMs(at, pause.from);
    if (open >= remaining) break;
    remaining -= open;
    at = pause.to;
  }
  return working.after(at, remaining);
}

/** Open time (ms) between two instants outside the pauses, which must be united. */
export function usedMs(working: WorkingTime, from: number, to: number, pauses: readonly Interval[]): number {
  return subtractIntervals({ from, to }, pauses).reduce((sum, part) => sum + working.openMs(part.from, part.to), 0);
}

/** All time (ms) between two instants outside the pauses, whatever the calendar says (SLA-13: actual, 24x7). */
export function actualMs(from: number, to: number, pauses: readonly Interval[]): number {
  return Math.max(0, to - from) - lengthOf(clipIntervals(pauses, { from, to }));
}
