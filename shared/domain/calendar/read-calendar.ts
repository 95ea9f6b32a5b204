import { fail, succeed, type Result } from '../../result.ts';
import type { Calendar, Segment } from './calendar.ts';
import { isZone } from './zone.ts';

/** What can be wrong with a calendar. The catalogue of messages has a text for each. */
export const calendarProblemKinds = [
  /** Not a zone of the IANA database, such as Europe/Berlin. */
  'zone',
  /** Not a table of days with lists of segments. */
  'shape',
  /** A day is mon to sun, or a span such as mon-fri. */
  'weekday',
  /** A time is HH:MM, up to 48:00 for the next day. */
  'time',
  /** A segment ends before it starts; one that ends at midnight ends at 24:00, one past it at 24:00 plus the time. */
  'segment-order',
  /** Two segments share time, on one day or across midnight. */
  'segment-overlap',
  /** A date is 2026-12-25, or --12-25 for every year. */
  'date',
  'no-working-time',
  /** More entries than a calendar may have. */
  'too-many',
] as const;
export type CalendarProblemKind = (typeof calendarProblemKinds)[number];

/** What is wrong and where, e.g. `weekly.mon-fri[1]`. */
export interface CalendarProblem {
  readonly problem: CalendarProblemKind;
  readonly where: string;
  readonly got: string;
}

/** A calendar as it is stored and exchanged: JSON. */
export interface CalendarInput {
  readonly zone: unknown;
  /** `{"mon-fri": [["08:00", "12:00"], ["13:00", "17:00"]], "sat": []}`; `30:00` is 06:00 of the next day. */
  readonly weekly: unknown;
  /** `["2026-04-03", {"date": "--12-25", "name": "Christmas Day"}]`; `active: false` takes one out of use. */
  readonly holidays?: unknown;
  /** `{"2026-12-24": [["08:00", "12:00"]]}` */
  readonly specialDays?: unknown;
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const weekdayNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const minutesPerDay = 1_440;
/** Entries a list of holidays or of special days may have, and segments a day. */
const maxEntries = 5_000;
const maxSegments = 24;

class Problem extends Error {
  readonly problem: CalendarProblem;
  constructor(problem: CalendarProblemKind, where: string, got: unknown) {
    super(problem);
    this.problem = { problem, where, got: (JSON.stringify(got) ?? 'undefined').slice(0, 60) };
  }
}

/** Reads a calendar whole or says the first thing wrong with it: a calendar without working time is none (SLA-3). */
export function readCalendar(input: CalendarInput): Result<Calendar, CalendarProblem> {
  try {
    if (typeof input.zone !== 'string' || !isZone(input.zone)) throw new Problem('zone', 'timeZone', input.zone);
    const weekly = readWeek(input.weekly);
    if (!weekly.some((segments) => segments.length > 0)) throw new Problem('no-working-time', 'weekly', input.weekly);
    return succeed({
      zone: input.zone,
      weekly,
      holidays: readHolidays(input.holidays ?? []),
      specialDays: readSpecialDays(input.specialDays ?? {}),
    });
  } catch (error) {
    if (error instanceof Problem) return fail(error.problem);
    throw error;
  }
}

/** The first thing wrong with a list of holidays, or null. */
export function checkHolidays(holidays: unknown): CalendarProblem | null {
  try {
    readHolidays(holidays);
    return null;
  } catch (error) {
    if (error instanceof Problem) return error.problem;
    throw error;
  }
}

function readWeek(input: unknown): Calendar['weekly'] {
  const week: (readonly Segment[])[] = weekdays.map(() => []);
  for (const [key, value] of entriesOf(input, 'weekly')) {
    const where = `weekly.${key}`;
    const segments = readSegments(value, where);
    for (const day of readDays(key, where)) week[day] = mergeDays(week[day] ?? [], segments, where);
  }
  week.forEach((segments, day) => {
    const spill = (segments.at(-1)?.end ?? 0) - minutesPerDay;
    const next = week[(day + 1) % 7]?.[0];
    if (next && spill > next.start)
      throw new Problem('segment-overlap', `weekly.${weekdays[(day + 1) % 7]}`, timeText(next.start));
  });
  return week;
}

/** `mon`, `mon-fri`, `sat,sun`, `fri-mon`: positions from Monday 0. */
function readDays(key: string, where: string): readonly number[] {
  return key.split(',').flatMap((part) => {
    const [first, last = first] = part.split('-').map((name) => readWeekday(name, where));
    if (first === undefined || last === undefined || part.split('-').length > 2)
      throw new Problem('weekday', where, key);
    return Array.from({ length: 1 + ((last - first + 7) % 7) }, (_, step) => (first + step) % 7);
  });
}

function readWeekday(name: string, where: string): number {
  const wanted = name.trim().toLowerCase();
  const day = weekdays.findIndex((short, index) => wanted === short || wanted === weekdayNames[index]);
  if (day < 0) throw new Problem('weekday', where, name);
  return day;
}

function mergeDays(known: readonly Segment[], added: readonly Segment[], where: string): readonly Segment[] {
  return orderSegments([...known, ...added], where);
}

function readSegments(input: unknown, where: string): readonly Segment[] {
  if (!Array.isArray(input)) throw new Problem('shape', where, input);
  if (input.length > maxSegments) throw new Problem('too-many', where, input.length);
  const segments = input.map((each: unknown, position) => {
    const at = `${where}[${position}]`;
    if (!Array.isArray(each) || each.length !== 2) throw new Problem('shape', at, each);
    const [start, end] = each.map((time: unknown) => readTime(time, at));
    if (start === undefined || end === undefined || start >= minutesPerDay) throw new Problem('time', at, each);
    if (end <= start) throw new Problem('segment-order', at, each);
    return { start, end };
  });
  return orderSegments(segments, where);
}

function orderSegments(segments: readonly Segment[], where: string): readonly Segment[] {
  const ordered = [...segments].sort((left, right) => left.start - right.start);
  ordered.forEach((segment, position) => {
    const next = ordered[position + 1];
    if (next && next.start < segment.end) throw new Problem('segment-overlap', where, timeText(next.start));
  });
  return ordered;
}

function readTime(input: unknown, where: string): number {
  const match = typeof input === 'string' ? /^(\d{1,2}):([0-5]\d)$/.exec(input.trim()) : null;
  const minutes = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN;
  if (!(minutes <= 2 * minutesPerDay)) throw new Problem('time', where, input);
  return minutes;
}

/** `30:00` for 1800 minutes. */
export function timeText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function readHolidays(input: unknown): ReadonlyMap<string, string> {
  if (!Array.isArray(input)) throw new Problem('shape', 'holidays', input);
  if (input.length > maxEntries) throw new Problem('too-many', 'holidays', input.length);
  const holidays = new Map<string, string>();
  input.forEach((each: unknown, position) => {
    const where = `holidays[${position}]`;
    const fields = typeof each === 'string' ? new Map<string, unknown>([['date', each]]) : mapOf(each, where);
    if (fields.get('active') === false) return;
    const date = readDate(fields.get('date'), where);
    const name = fields.get('name');
    const key = fields.get('yearly') === true && !date.startsWith('-') ? `-${date.slice(4)}` : date;
    holidays.set(key, typeof name === 'string' ? name : (holidays.get(key) ?? ''));
  });
  return holidays;
}

function readSpecialDays(input: unknown): ReadonlyMap<string, readonly Segment[]> {
  const entries = entriesOf(input, 'specialDays');
  if (entries.length > maxEntries) throw new Problem('too-many', 'specialDays', entries.length);
  return new Map(
    entries.map(([key, value]) => [readDate(key, `specialDays.${key}`), readSegments(value, `specialDays.${key}`)]),
  );
}

function readDate(input: unknown, where: string): string {
  const match = typeof input === 'string' ? /^(\d{4}|-)-(\d{2})-(\d{2})$/.exec(input) : null;
  if (typeof input !== 'string' || !match) throw new Problem('date', where, input);
  // 2000 is a leap year: --02-29 is a date.
  const year = match[1] === '-' ? 2000 : Number(match[1]);
  const [month, day] = [Number(match[2]), Number(match[3])];
  const date = new Date(Date.UTC(year, month - 1, day));
  date.setUTCFullYear(year);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) throw new Problem('date', where, input);
  return input;
}

function entriesOf(input: unknown, where: string): readonly (readonly [string, unknown])[] {
  return [...mapOf(input, where)];
}

function mapOf(input: unknown, where: string): ReadonlyMap<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw new Problem('shape', where, input);
  return new Map<string, unknown>(Object.entries(input));
}
