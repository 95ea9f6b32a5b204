import type { Interval } from './interval.ts';
import { dateOf, type WorkDay, type WorkingTime } from './working-time.ts';
import { firstInstantAt, wallMsSince } from './zone-clock.ts';

/**
 * The instant a number of working days later, or earlier when negative: at the same time of day, or with `endOfDay` at
 * the end of that day's work. A day with any working time counts; a start outside working hours counts from the next
 * opening. A time of day at which that day does not work moves back to where its work ended, or on to where it begins.
 * Null: the calendar has no such day.
 */
export function addWorkingDays(
  working: WorkingTime,
  from: number,
  days: number,
  endOfDay: boolean = false,
): number | null {
  const start = working.workDayAt(from);
  if (start === null) return null;
  const begun = Math.max(from, earliestOpen(start.opens, from));
  const target = working.workDayAfter(start, days);
  if (target === null) return null;
  const { zone } = working.calendar;
  if (endOfDay) return target.opens.at(-1)?.to ?? null;
  return moveIntoWork(target.opens, sameTimeOfDay(zone, start, begun, target));
}

const dayMs = 86_400_000;

/** The instant on one day at which the wall clock shows what it shows at `instant` of another. */
function sameTimeOfDay(zone: string, from: WorkDay, instant: number, to: WorkDay): number {
  const [since, start] = [instant - startOf(from), startOf(to)];
  // Without a change of the clock on either day the difference is the time of day.
  if (since < dayMs && isPlainDay(from) && isPlainDay(to)) return start + since;
  return firstInstantAt(zone, dateOf(to), wallMsSince(zone, dateOf(from), instant));
}

function startOf({ month, day }: WorkDay): number {
  return month.dayStarts[day] ?? 0;
}

function isPlainDay({ month, day }: WorkDay): boolean {
  return (month.dayStarts[day + 1] ?? 0) - (month.dayStarts[day] ?? 0) === dayMs;
}

/** When work begins for somebody who comes at `from`: at once while it is open, else when it next opens. */
function earliestOpen(opens: readonly Interval[], from: number): number {
  return opens.find((open) => open.to >= from)?.from ?? from;
}

function moveIntoWork(opens: readonly Interval[], instant: number): number {
  const begun = opens.filter((open) => open.from <= instant).at(-1);
  if (begun) return Math.min(instant, begun.to);
  return opens[0]?.from ?? instant;
}
