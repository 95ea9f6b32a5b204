import { Temporal } from 'temporal-polyfill';

const dayMs = 86_400_000;

/** Wall clock of one zone over a few days: instants (ms) of wall times. */
export interface ZoneClock {
  /** First instant at which the day has begun and its clock shows at least `minute` minutes after midnight. */
  readonly instantAt: (date: Temporal.PlainDate, minute: number) => number;
}

/**
 * Over days without a clock change one offset serves all of them; asking the zone for every edge would make the first
 * use of a month thirty times dearer.
 */
export function zoneClock(zone: string, first: Temporal.PlainDate, last: Temporal.PlainDate): ZoneClock {
  const start = first.toZonedDateTime(zone);
  const change = start.getTimeZoneTransition('next');
  const after = last.add({ days: 2 }).toZonedDateTime(zone);
  if (change !== null && Temporal.ZonedDateTime.compare(change, after) <= 0)
    return { instantAt: (date, minute) => firstInstantAt(zone, date, minute * 60_000) };
  const offsetMs = start.offsetNanoseconds / 1_000_000;
  return { instantAt: (date, minute) => epochDayOf(date) * dayMs + minute * 60_000 - offsetMs };
}

/**
 * First instant at which the clock shows `wallMs` after midnight of the date or later. A time the clock jumps over is
 * where it jumps; of a time shown twice it is the first. So segments never overlap and never lose an hour (SLA-4).
 */
export function firstInstantAt(zone: string, date: Temporal.PlainDate, wallMs: number): number {
  const wall = date.toPlainDateTime().add({ milliseconds: wallMs });
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (earlier.toPlainDateTime().equals(wall)) return earlier.epochMilliseconds;
  return (earlier.getTimeZoneTransition('next') ?? earlier).epochMilliseconds;
}

/** How far (ms) an instant is from midnight of a date, on the wall clock. */
export function wallMsSince(zone: string, date: Temporal.PlainDate, instant: number): number {
  const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime();
  return wall.since(date.toPlainDateTime(), { largestUnit: 'millisecond' }).milliseconds;
}

function epochDayOf(date: Temporal.PlainDate): number {
  return Math.round(Date.UTC(date.year, date.month - 1, date.day) / dayMs);
}
