/** Half-open interval of instants (ms); an absent bound is open. */
export interface TimeRange {
  readonly from?: number;
  readonly to?: number;
}

export interface TimeContext {
  readonly now: number;
  /** Instant (ms) at which a day of the desk's calendar begins; months from 1. */
  readonly startOfDay: (year: number, month: number, day: number) => number;
  /** The day of an instant. */
  readonly dayOf: (at: number) => { readonly year: number; readonly month: number; readonly day: number };
}

const unitMs: Readonly<Record<string, number>> = {
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  t: 86_400_000,
  w: 604_800_000,
};
const span = /^([<>])(=?)(\d{1,5})(min|[mhdtw])$/;
const date = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;
const dayNames: Readonly<Record<string, number>> = {
  yesterday: -1,
  gestern: -1,
  today: 0,
  heute: 0,
  tomorrow: 1,
  morgen: 1,
};

/** `<2d`, `>4h`, `today`, `2026-11-30`, `<2026-11-30`, `2026-11-01..2026-11-30`, `overdue`; null when it is none. */
export function readTimes(typed: string, direction: 'past' | 'future', context: TimeContext): TimeRange | null {
  const text = typed.toLowerCase();
  if (direction === 'future' && overdueWords.has(text)) return { to: context.now };
  const spanned = span.exec(text);
  if (spanned) return readSpan(spanned, direction, context.now);
  if (text.includes('..')) return readDays(text, context);
  const sign = /^[<>]/.exec(text)?.[0];
  const day = dayRange(sign === undefined ? text : text.slice(1), context);
  if (!day) return null;
  if (sign === '<') return { to: day.from };
  return sign === '>' ? { from: day.to } : day;
}

const overdueWords: ReadonlySet<string> = new Set(['overdue', 'überfällig', 'uberfallig']);

function readSpan([, sign, , count, unit = '']: RegExpExecArray, direction: 'past' | 'future', now: number): TimeRange {
  const ms = Number(count) * (unitMs[unit] ?? 0);
  const at = direction === 'future' ? now + ms : now - ms;
  // Younger than two days is after; due within two days is before.
  return (sign === '<') === (direction === 'future') ? { to: at } : { from: at };
}

/** Whole days from the first to the last; one may be left out. */
function readDays(text: string, context: TimeContext): TimeRange | null {
  const [first = '', last = '', more] = text.split('..');
  const [one, other] = [dayRange(first, context), dayRange(last, context)];
  const isBad = more !== undefined || (first !== '' && !one) || (last !== '' && !other) || (!one && !other);
  return isBad ? null : { ...(one ? { from: one.from } : {}), ...(other ? { to: other.to } : {}) };
}

function dayRange(text: string, context: TimeContext): Required<TimeRange> | null {
  const offset = Object.hasOwn(dayNames, text) ? dayNames[text] : undefined;
  const { year, month, day } = context.dayOf(context.now);
  if (offset !== undefined)
    return {
      from: context.startOfDay(year, month, day + offset),
      to: context.startOfDay(year, month, day + offset + 1),
    };
  const match = date.exec(text);
  if (!match) return null;
  const [y, m, d] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (m < 1 || m > 12 || d < 1 || d > 31) return null;
  return { from: context.startOfDay(y, m, d), to: context.startOfDay(y, m, d + 1) };
}
