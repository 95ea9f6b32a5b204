/** Local date and time as a file writes it, without a zone. `month` from 1. */
export interface LocalTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
}

/**
 * A local time as an instant. `skipped`: the clock never showed it (spring), it is moved forward by the length of the
 * gap; `repeated`: the clock showed it twice (autumn), the first is meant. Both are what RFC 5545 and Temporal do.
 */
export interface ZonedInstant {
  readonly ms: number;
  readonly certainty: 'exact' | 'skipped' | 'repeated';
}

export interface TimeZone {
  readonly name: string;
  readonly toInstant: (local: LocalTime) => ZonedInstant;
}

const dayMs = 86_400_000;

export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** @throws RangeError when the zone is not an IANA name; ask `isTimeZone` first. */
export function timeZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat('en', {
    timeZone: name,
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsets = new Map<number, number>();

  /** Offset from UTC in ms at an instant, to the second. */
  function offsetAt(ms: number): number {
    const known = offsets.get(ms);
    if (known !== undefined) return known;
    const parts: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(ms)) parts[type] = value;
    const part = (key: string): number => Number(parts[key]);
    const year = parts['era'] === 'BC' ? 1 - part('year') : part('year');
    const shown = utcMs({
      year,
      month: part('month'),
      day: part('day'),
      hour: part('hour'),
      minute: part('minute'),
      second: part('second'),
      millisecond: 0,
    });
    const offset = shown - Math.floor(ms / 1000) * 1000;
    // Only whole days are asked for again; anything else would let the map grow with the file.
    if (ms % dayMs === 0) offsets.set(ms, offset);
    return offset;
  }

  return {
    name,
    toInstant(local) {
      const wall = utcMs(local);
      // No zone is further than 15 h from UTC, so the offsets at the days around bracket every transition that matters.
      const dayStart = Math.floor(wall / dayMs) * dayMs;
      const before = offsetAt(dayStart - dayMs);
      const after = offsetAt(dayStart + 2 * dayMs);
      if (before === after) return { ms: wall - before, certainty: 'exact' };
      const candidates = [...new Set([before, after])]
        .map((offset) => wall - offset)
        .filter((ms) => wall - offsetAt(ms) === ms);
      const [first = wall - before] = candidates.toSorted((left, right) => left - right);
      return {
        ms: first,
        certainty: candidates.length === 1 ? 'exact' : candidates.length === 0 ? 'skipped' : 'repeated',
      };
    },
  };
}

/** Years below 100 are meant as written, which `Date.UTC` does not do. */
function utcMs(local: LocalTime): number {
  const date = new Date(
    Date.UTC(2000, local.month - 1, local.day, local.hour, local.minute, local.second, local.millisecond),
  );
  date.setUTCFullYear(local.year, local.month - 1, local.day);
  return date.getTime();
}
