const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, in the words of the catalogue; `absolute` when a date says it better. */
export type RelativeTime =
  | { readonly kind: 'now' | 'yesterday' | 'absolute' }
  | { readonly kind: 'minutes' | 'hours' | 'days'; readonly count: number };

/** Age of an instant (ms), short enough for a list. The future, e.g. of a wrong clock, is told as a date. */
export function relativeTime(at: number, now: number): RelativeTime {
  const age = now - at;
  if (age < -minute) return { kind: 'absolute' };
  if (age < minute) return { kind: 'now' };
  if (age < hour) return { kind: 'minutes', count: Math.floor(age / minute) };
  if (age < day) return { kind: 'hours', count: Math.floor(age / hour) };
  if (age < 2 * day) return { kind: 'yesterday' };
  if (age < 7 * day) return { kind: 'days', count: Math.floor(age / day) };
  return { kind: 'absolute' };
}
