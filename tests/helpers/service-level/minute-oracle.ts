/**
 * The obvious way to know working time: look at the wall clock minute by minute. Shares no code with the program, and
 * reads clocks through Intl alone. Slow on purpose.
 */
export interface OracleCalendar {
  readonly zone: string;
  /** Monday first; minutes after midnight, above 1440 into the next day. */
  readonly weekly: readonly (readonly (readonly [number, number])[])[];
  /** `2026-12-25` or `--12-25`. */
  readonly holidays: readonly string[];
  readonly specialDays: Readonly<Record<string, readonly (readonly [number, number])[]>>;
}

const minuteMs = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

interface Wall {
  readonly date: string;
  readonly minute: number;
  readonly weekday: number;
}

/** What the clock on the wall of the zone shows. */
export function wallAt(zone: string, instant: number): Wall {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      weekday: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    formats.set(zone, format);
  }
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  const minute = Number(parts.get('hour')) * 60 + Number(parts.get('minute'));
  return { date, minute, weekday: weekdays.indexOf(parts.get('weekday') ?? '') };
}

function segmentsOf(calendar: OracleCalendar, { date, weekday }: Wall): readonly (readonly [number, number])[] {
  const yearly = `--${date.slice(5)}`;
  if (calendar.specialDays[date]) return calendar.specialDays[date];
  if (calendar.holidays.includes(date)) return [];
  if (calendar.specialDays[yearly]) return calendar.specialDays[yearly];
  if (calendar.holidays.includes(yearly)) return [];
  return calendar.weekly[weekday] ?? [];
}

/**
 * Whether each minute from `from` is open, for `count` minutes. A segment opens when the clock first shows its start
 * and closes when it first shows its end: it does not open again when summer time ends and the hour comes twice.
 * Three days before are walked too: their segments may reach in.
 */
export function openMinutes(calendar: OracleCalendar, from: number, count: number): readonly boolean[] {
  const answers: boolean[] = [];
  const first = Math.floor(from / minuteMs) * minuteMs;
  /** Segments of the days under way: the minute, counted from each day's midnight, goes on past 1440. */
  const running: {
    readonly date: string;
    readonly segments: readonly (readonly [number, number])[];
    reached: number;
    daysPast: number;
  }[] = [];
  for (let at = first - 3 * 1_440 * minuteMs; at < first + count * minuteMs; at += minuteMs) {
    const wall = wallAt(calendar.zone, at);
    if (running.at(-1)?.date !== wall.date) {
      for (const day of running) day.daysPast += 1;
      running.push({ date: wall.date, segments: segmentsOf(calendar, wall), reached: 0, daysPast: 0 });
      if (running.length > 3) running.shift();
    }
    let isOpen = false;
    for (const day of running) {
      day.reached = Math.max(day.reached, wall.minute + day.daysPast * 1_440);
      isOpen ||= day.segments.some(([start, end]) => day.reached >= start && day.reached < end);
    }
    if (at >= first) answers.push(isOpen);
  }
  return answers;
}

/** Minutes of open time outside pauses until each minute; instants must be whole minutes. */
export function countOpen(
  calendar: OracleCalendar,
  from: number,
  to: number,
  pauses: readonly (readonly [number, number])[] = [],
): number {
  const minutes = Math.max(0, Math.round((to - from) / minuteMs));
  return openMinutes(calendar, from, minutes).filter((isOpen, index) => {
    const at = from + index * minuteMs;
    return isOpen && !pauses.some(([start, end]) => at >= start && at < end);
  }).length;
}

/** The end of the minute in which the budget is used up; null when `limit` minutes are not enough. */
export function dueByMinutes(
  calendar: OracleCalendar,
  from: number,
  budget: number,
  pauses: readonly (readonly [number, number])[],
  limit: number,
): number | null {
  if (budget === 0) return from;
  let used = 0;
  const open = openMinutes(calendar, from, limit);
  for (let index = 0; index < limit; index += 1) {
    const at = from + index * minuteMs;
    if (!open[index] || pauses.some(([start, end]) => at >= start && at < end)) continue;
    used += 1;
    if (used === budget) return at + minuteMs;
  }
  return null;
}
