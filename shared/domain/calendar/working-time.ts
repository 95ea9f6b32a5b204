import type { Temporal } from 'temporal-polyfill';
import type { Calendar } from './calendar.ts';
import type { Interval } from './interval.ts';
import { firstAtLeast, openBefore, planMonth, type MonthPlan } from './month-plan.ts';

/** How far a search for working time goes before it says that there is none: 50 years. */
const searchMonths = 600;

/** A stretch of time and why it is open or not. `name` is the holiday's. */
export interface DayStretch extends Interval {
  readonly kind: 'open' | 'outside-hours' | 'holiday';
  readonly name: string;
}

/** A day on which work begins, and its open intervals. */
export interface WorkDay {
  readonly month: MonthPlan;
  /** Day of the month, from 0. */
  readonly day: number;
  readonly opens: readonly Interval[];
}

/** The calendar day. Asking the zone for dates is dear: only where the clock changes. */
export function dateOf({ month, day }: WorkDay): Temporal.PlainDate {
  return month.first.add({ days: day });
}

/**
 * Arithmetic on the open time of one calendar version; all instants and durations in ms. Months are planned when first
 * asked for and kept: an answer costs two searches and a sum over whole months, never a walk over minutes.
 */
export class WorkingTime {
  readonly calendar: Calendar;
  readonly #months = new Map<number, MonthPlan>();

  constructor(calendar: Calendar) {
    this.calendar = calendar;
  }

  /** Open time between two instants; 0 when they are reversed. */
  openMs(from: number, to: number): number {
    if (to <= from) return 0;
    let sum = 0;
    // The month before may end with a night shift that reaches into this one.
    const last = this.#monthOf(to);
    for (let index = this.#monthOf(from) - 1; index <= last; index += 1) {
      const month = this.#month(index);
      sum += openBefore(month, to) - openBefore(month, from);
    }
    return sum;
  }

  /** The instant after `ms` of open time. One that falls on the end of a segment stays there (SLA-5). Null: no such time. */
  after(from: number, ms: number): number | null {
    if (ms <= 0) return from;
    let remaining = ms;
    const start = this.#monthOf(from) - 1;
    for (let index = start; index < start + searchMonths; index += 1) {
      const month = this.#month(index);
      const passed = openBefore(month, from);
      const total = month.sums.at(-1) ?? 0;
      if (total - passed >= remaining) {
        const at = firstAtLeast(month.sums, passed + remaining) - 1;
        return (month.closes[at] ?? 0) - ((month.sums[at + 1] ?? 0) - passed - remaining);
      }
      remaining -= total - passed;
    }
    return null;
  }

  /** The instant `ms` of open time earlier; on the start of a segment it stays there. Null: no such time. */
  before(to: number, ms: number): number | null {
    if (ms <= 0) return to;
    let remaining = ms;
    const start = this.#monthOf(to);
    for (let index = start; index > start - searchMonths; index -= 1) {
      const month = this.#month(index);
      const passed = openBefore(month, to);
      if (passed >= remaining) {
        const left = passed - remaining;
        let at = firstAtLeast(month.sums, left);
        if (month.sums[at] !== left) at -= 1;
        return (month.opens[at] ?? 0) + left - (month.sums[at] ?? 0);
      }
      remaining -= passed;
    }
    return null;
  }

  /** The instant itself if it is open, else when it next opens; null when it never does. */
  nextOpen(instant: number): number | null {
    const start = this.#monthOf(instant) - 1;
    for (let index = start; index < start + searchMonths; index += 1) {
      const month = this.#month(index);
      const at = firstAtLeast(month.closes, instant + 1);
      const opens = month.opens[at];
      if (opens !== undefined) return Math.max(opens, instant);
    }
    return null;
  }

  /** Every minute between two instants with its reason, in order and without gaps. */
  explain(from: number, to: number): readonly DayStretch[] {
    const stretches: DayStretch[] = [];
    let at = from;
    const last = this.#monthOf(to);
    for (let index = this.#monthOf(from) - 1; index <= last; index += 1) {
      const month = this.#month(index);
      for (let i = firstAtLeast(month.closes, from + 1); i < month.opens.length; i += 1) {
        const opens = Math.min(to, month.opens[i] ?? to);
        if (opens > at) this.#explainClosed(at, opens, stretches);
        const closes = Math.min(to, month.closes[i] ?? to);
        if (closes > Math.max(at, opens))
          addStretch(stretches, { from: Math.max(at, opens), to: closes, kind: 'open', name: '' });
        at = Math.max(at, closes);
      }
    }
    if (at < to) this.#explainClosed(at, to, stretches);
    return stretches;
  }

  /** The day whose working time holds the instant (both ends included), or the next day with working time. */
  workDayAt(instant: number): WorkDay | null {
    const start = this.#monthOf(instant) - 1;
    for (let index = start; index < start + searchMonths; index += 1) {
      const month = this.#month(index);
      const day = month.openDays[firstAtLeast(month.closes, instant)];
      if (day !== undefined) return workDay(month, day);
    }
    return null;
  }

  /** The day with working time `count` after (before, when negative) the given one, which counts as 0. */
  workDayAfter(from: WorkDay, count: number): WorkDay | null {
    let index = monthIndexOf(from.month.first);
    let { day } = from;
    if (count === 0) return from;
    const step = count < 0 ? -1 : 1;
    let remaining = Math.abs(count);
    // Bounds the search between two working days, not the count of days.
    for (let months = 0; months < searchMonths;) {
      day += step;
      if (day < 0 || day >= this.#month(index).holidays.length) {
        index += step;
        months += 1;
        day = step > 0 ? 0 : this.#month(index).holidays.length - 1;
      }
      const month = this.#month(index);
      if (!month.openDays.includes(day)) continue;
      months = 0;
      remaining -= 1;
      if (remaining === 0) return workDay(month, day);
    }
    return null;
  }

  #explainClosed(from: number, to: number, stretches: DayStretch[]): void {
    for (let at = from; at < to;) {
      const month = this.#month(this.#monthOf(at));
      const day = firstAtLeast(month.dayStarts, at + 1) - 1;
      const until = Math.min(to, month.dayStarts[day + 1] ?? to);
      const holiday = month.holidays[day] ?? null;
      const kind = holiday === null ? 'outside-hours' : 'holiday';
      addStretch(stretches, { from: at, to: until, kind, name: holiday ?? '' });
      at = until;
    }
  }

  /** The month that holds an instant, in the calendar's zone. */
  #monthOf(instant: number): number {
    const date = new Date(instant);
    const guess = date.getUTCFullYear() * 12 + date.getUTCMonth();
    const { dayStarts } = this.#month(guess);
    if (instant < (dayStarts[0] ?? 0)) return guess - 1;
    return instant < (dayStarts.at(-1) ?? 0) ? guess : guess + 1;
  }

  #month(index: number): MonthPlan {
    const known = this.#months.get(index);
    if (known) return known;
    const month = planMonth(this.calendar, index);
    this.#months.set(index, month);
    return month;
  }
}

function addStretch(stretches: DayStretch[], next: DayStretch): void {
  const last = stretches.at(-1);
  if (last && last.to === next.from && last.kind === next.kind && last.name === next.name)
    stretches[stretches.length - 1] = { ...last, to: next.to };
  else stretches.push(next);
}

function workDay(month: MonthPlan, day: number): WorkDay {
  const opens: Interval[] = [];
  month.openDays.forEach((openDay, i) => {
    if (openDay === day) opens.push({ from: month.opens[i] ?? 0, to: month.closes[i] ?? 0 });
  });
  return { month, day, opens };
}

function monthIndexOf(date: Temporal.PlainDate): number {
  return date.year * 12 + date.month - 1;
}
