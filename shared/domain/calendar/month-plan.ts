import { Temporal } from 'temporal-polyfill';
import { planDay, type Calendar } from './calendar.ts';
import { zoneClock } from './zone-clock.ts';

/** One month of a calendar as instants (ms): what every question about working time is answered from. */
export interface MonthPlan {
  readonly first: Temporal.PlainDate;
  /** Start of each day, and of the day after the last. */
  readonly dayStarts: Float64Array;
  /** Per day, the name of the holiday that closes it, or null. */
  readonly holidays: readonly (string | null)[];
  /** Open intervals in order, apart; the last may run into the next month. */
  readonly opens: Float64Array;
  readonly closes: Float64Array;
  /** Day of the month, from 0, on which each interval began. */
  readonly openDays: Uint8Array;
  /** `sums[i]` is the open time before interval i; the last is that of the whole month. */
  readonly sums: Float64Array;
}

/** Month 0 is January of the year 0. */
export function planMonth(calendar: Calendar, monthIndex: number): MonthPlan {
  const first = new Temporal.PlainDate(Math.floor(monthIndex / 12), 1 + (monthIndex % 12), 1);
  const days = first.daysInMonth;
  const before = first.subtract({ days: 1 });
  const clock = zoneClock(calendar.zone, before, first.add({ days: days - 1 }));
  const planOf = (date: Temporal.PlainDate) => planDay(calendar, date.toString(), date.dayOfWeek);
  const opens: number[] = [];
  const closes: number[] = [];
  const openDays: number[] = [];
  const dayStarts = new Float64Array(days + 1);
  const holidays: (string | null)[] = [];
  // Where the night shift of the day before still runs, the time is its.
  let taken = Math.max(
    Number.NEGATIVE_INFINITY,
    ...planOf(before).segments.map(({ end }) => clock.instantAt(before, end)),
  );
  for (let day = 0; day < days; day += 1) {
    const date = first.add({ days: day });
    const plan = planOf(date);
    dayStarts[day] = clock.instantAt(date, 0);
    holidays.push(plan.holiday);
    for (const { start, end } of plan.segments) {
      const from = Math.max(taken, clock.instantAt(date, start));
      const to = clock.instantAt(date, end);
      if (to <= from) continue;
      opens.push(from);
      closes.push(to);
      openDays.push(day);
      taken = to;
    }
  }
  dayStarts[days] = clock.instantAt(first.add({ days }), 0);
  const sums = new Float64Array(opens.length + 1);
  for (let i = 0; i < opens.length; i += 1) sums[i + 1] = (sums[i] ?? 0) + (closes[i] ?? 0) - (opens[i] ?? 0);
  return {
    first,
    dayStarts,
    holidays,
    opens: Float64Array.from(opens),
    closes: Float64Array.from(closes),
    openDays: Uint8Array.from(openDays),
    sums,
  };
}

/** Open time (ms) of the month before an instant. */
export function openBefore(month: MonthPlan, instant: number): number {
  const next = firstAtLeast(month.closes, instant);
  const whole = month.sums[next] ?? 0;
  const from = month.opens[next];
  return from === undefined || instant <= from ? whole : whole + instant - from;
}

/** Position of the first number that is not below `least`; the length when all are. `numbers` ascend. */
export function firstAtLeast(numbers: Float64Array, least: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
