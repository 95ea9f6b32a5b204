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
  if (direction === 'future' && (text === 'overdue' || text === 'uberfallig' || text === 'überfällig'))
    return { to: context.now };
  const spanned = span.exec(text);
  if (spanned) {
    const ms = Number(spanned[3]) * (unitMs[spanned[4] ?? ''] ?? 0);
    const isLess = spanned[1] === '<';
    if (direction === 'future') return isLess ? { to: context.now + ms } : { from: context.now + ms };
    return isLess ? { from: context.now - ms } : { to: context.now - ms };
  }
  const [first = '', second, third] = text.split('..');
  if (third !== undefined) return null;
  if (second !== undefined) {
    const [one, other] = [dayRange(first, context), dayRange(second, context)];
    if ((first !== '' && !one) || (second !== '' && !other) || (!one && !other)) return null;
    return { ...(one ? { from: one.from } : {}), ...(other ? { to: other.to } : {}) };
  }
  const sign = /^[<>]/.exec(text)?.[0];
  const day = dayRange(sign === undefined ? text : text.slice(1), context);
  if (!day) return null;
  if (sign === '<') return { to: day.from };
  return sign === '>' ? { from: day.to } : day;
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
