/** Working time of one stretch of a day, in minutes after the midnight at which the day begins. */
export interface Segment {
  readonly start: number;
  /** Above 1440 it runs into the next day: 22:00 to 06:00 is 1320 to 1800. Belongs to the day it starts on. */
  readonly end: number;
}

/**
 * When work is done (SLA-3): wall clock in a zone (SLA-4). A date is `2026-12-25`, or `--12-25` for every year.
 * For one day the most definite entry counts: dated special hours, dated holiday, yearly special hours, yearly
 * holiday, then the week. A holiday closes the segments that start on it; a night shift begun the day before ends as
 * planned.
 */
export interface Calendar {
  /** IANA zone, e.g. Europe/Berlin. */
  readonly zone: string;
  /** Seven days, Monday first; segments in order and apart. */
  readonly weekly: readonly (readonly Segment[])[];
  /** Name by date. */
  readonly holidays: ReadonlyMap<string, string>;
  /** Segments by date, in place of the week's. */
  readonly specialDays: ReadonlyMap<string, readonly Segment[]>;
}

/** What one day is: its segments, and the holiday that closes it. */
export interface DayPlan {
  readonly segments: readonly Segment[];
  /** Name of the holiday, '' when it has none; null on other days. */
  readonly holiday: string | null;
}

const closed: readonly Segment[] = [];

/** The plan of a day. `weekday` 1 is Monday, as in ISO 8601; `date` is `2026-12-25`. */
export function planDay(calendar: Calendar, date: string, weekday: number): DayPlan {
  const yearly = `-${date.slice(date.length - 6)}`;
  for (const key of [date, yearly]) {
    const special = calendar.specialDays.get(key);
    if (special !== undefined) return { segments: special, holiday: null };
    const holiday = calendar.holidays.get(key);
    if (holiday !== undefined) return { segments: closed, holiday };
  }
  return { segments: calendar.weekly[weekday - 1] ?? closed, holiday: null };
}
