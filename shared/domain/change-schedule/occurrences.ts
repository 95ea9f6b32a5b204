import ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import type { Interval } from '../calendar/interval.ts';
import { firstInstantAt } from '../calendar/zone-clock.ts';

/** When a blackout or a maintenance window is, as its record says it. */
export interface WindowTimes {
  readonly timeZone: string;
  /** Wall clock: `2026-12-20T00:00`. */
  readonly startsAt: string;
  readonly endsAt: string;
  readonly recurrence: string | null;
}

/** A rule is followed no longer than this: what repeats daily for thirty years. */
const mostRepeats = 11_000;
const dayMs = 86_400_000;

/**
 * The occurrences that touch `bounds`, in order. The wall clock decides: what begins at 22:00 does so on both sides of a
 * change of the clock, and a time the clock skips is where it jumps. What cannot be read has none.
 */
export function occurrencesOf(
  { timeZone, startsAt, endsAt, recurrence }: WindowTimes,
  bounds: Interval,
): readonly Interval[] {
  try {
    const [start, end] = [Temporal.PlainDateTime.from(startsAt), Temporal.PlainDateTime.from(endsAt)];
    const lengthMs = end.since(start, { largestUnit: 'millisecond' }).milliseconds;
    const found: Interval[] = [];
    const take = (wall: Temporal.PlainDateTime): void => {
      const [from, to] = [instantOf(timeZone, wall), instantOf(timeZone, wall.add({ milliseconds: lengthMs }))];
      if (from < bounds.to && bounds.from < to) found.push({ from, to });
    };
    if (recurrence === null) {
      take(start);
      return found;
    }
    const repeats = ICAL.Recur.fromString(recurrence).iterator(ICAL.Time.fromDateTimeString(`${startsAt}:00`));
    for (let count = 0; count < mostRepeats; count += 1) {
      const next = repeats.next() as ICAL.Time | null;
      if (next === null) break;
      // By the day: a zone is at most a day away.
      const day = Date.UTC(next.year, next.month - 1, next.day);
      if (day > bounds.to + dayMs) break;
      if (day + lengthMs + 2 * dayMs < bounds.from) continue;
      take(new Temporal.PlainDateTime(next.year, next.month, next.day, next.hour, next.minute));
    }
    return found;
  } catch {
    return [];
  }
}

function instantOf(zone: string, wall: Temporal.PlainDateTime): number {
  const date = wall.toPlainDate();
  return firstInstantAt(zone, date, wall.since(date.toPlainDateTime(), { largestUnit: 'millisecond' }).milliseconds);
}
