import { timeZone, type LocalTime, type ZonedInstant } from './time-zone.ts';

/** How a column writes dates. Times may follow as HH:MM, HH:MM:SS or with AM/PM; ISO 8601 may bring its own zone. */
export const dateFormats = ['d/m/yyyy', 'm/d/yyyy', 'd.m.yyyy', 'd-m-yyyy', 'iso-8601'] as const;
export type DateFormat = (typeof dateFormats)[number];

/** Shown to people as what would have been accepted. */
export const dateFormatExamples: Readonly<Record<DateFormat, string>> = {
  'd/m/yyyy': '29/2/2016 01:16',
  'm/d/yyyy': '2/29/2016 1:16 AM',
  'd.m.yyyy': '29.2.2016 01:16',
  'd-m-yyyy': '29-02-2016 01:16:00',
  'iso-8601': '2016-02-29T01:16:00Z',
};

const time = String.raw`(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([AaPp])\.?[Mm]\.?)?)?`;
const dayOrMonthFirst = (separator: string): RegExp =>
  new RegExp(`^(\\d{1,2})${separator}(\\d{1,2})${separator}(\\d{4})${time}$`);
const patterns: Readonly<Record<DateFormat, RegExp>> = {
  'd/m/yyyy': dayOrMonthFirst('/'),
  'm/d/yyyy': dayOrMonthFirst('/'),
  'd.m.yyyy': dayOrMonthFirst(String.raw`\.`),
  'd-m-yyyy': dayOrMonthFirst('-'),
  'iso-8601': new RegExp(String.raw`^(\d{4})-(\d{2})-(\d{2})${time}(Z|[+-]\d{2}:?\d{2})?$`),
};

export interface ParsedTime {
  readonly local: LocalTime;
  /** Offset written with the time, in minutes east of UTC; null when the column's zone applies. */
  readonly offsetMinutes: number | null;
}

/** The date a text holds in one format, or undefined: days and hours that no calendar or clock has are refused. */
export function parseTime(text: string, format: DateFormat): ParsedTime | undefined {
  const match = patterns[format].exec(text);
  if (!match) return undefined;
  const [year, month, day] = dateOf(match, format);
  const [hour, minute, second, millisecond] = timeOf(match);
  const local: LocalTime = { year, month, day, hour, minute, second, millisecond };
  const zone = match[9];
  return isOnCalendar(local) ? { local, offsetMinutes: zone === undefined ? null : offsetMinutes(zone) } : undefined;
}

function dateOf(match: RegExpExecArray, format: DateFormat): readonly [year: number, month: number, day: number] {
  const [first, second, third] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (format === 'iso-8601') return [first, second, third];
  return format === 'm/d/yyyy' ? [third, first, second] : [third, second, first];
}

/** Hours, minutes, seconds, milliseconds; what the text leaves out is 0. */
function timeOf(match: RegExpExecArray): readonly [number, number, number, number] {
  const [, , , , hour = '0', minute = '0', second = '0', fraction = '', half] = match;
  const hours = half === undefined ? Number(hour) : clockHour(Number(hour), half);
  return [hours, Number(minute), Number(second), Number(fraction.slice(0, 3).padEnd(3, '0'))];
}

function clockHour(hour: number, half: string): number {
  if (hour < 1 || hour > 12) return -1;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function isOnCalendar(local: LocalTime): boolean {
  if (local.month < 1 || local.month > 12 || local.day < 1 || local.hour < 0 || local.hour > 23) return false;
  if (local.minute > 59 || local.second > 59) return false;
  return local.day <= new Date(Date.UTC(local.year < 100 ? local.year + 400 : local.year, local.month, 0)).getUTCDate();
}

function offsetMinutes(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return zone.startsWith('-') ? -minutes : minutes;
}

export type ReadInstant = (text: string) => ZonedInstant | undefined;

/** Reads the dates of one column. `zone` (IANA) holds for times that bring none of their own. */
export function instantReader(format: DateFormat, zone: string): ReadInstant {
  const local = timeZone(zone);
  const utc = timeZone('UTC');
  return (text) => {
    const parsed = parseTime(text, format);
    if (!parsed) return undefined;
    if (parsed.offsetMinutes === null) return local.toInstant(parsed.local);
    return { ms: utc.toInstant(parsed.local).ms - parsed.offsetMinutes * 60_000, certainty: 'exact' };
  };
}

export interface DateFormatGuess {
  readonly format: DateFormat;
  /** Samples it reads, of how many. */
  readonly matched: number;
  readonly total: number;
  /** Formats that read just as many samples: a person should decide. */
  readonly equallyLikely: readonly DateFormat[];
}

/** The likeliest format of sample values (missing ones left out), or undefined when none looks like a date. */
export function detectDateFormat(samples: readonly string[]): DateFormatGuess | undefined {
  const scores = dateFormats.map((format) => ({
    format,
    matched: samples.filter((text) => parseTime(text, format)).length,
  }));
  const best = scores.reduce((left, right) => (right.matched > left.matched ? right : left));
  if (best.matched === 0) return undefined;
  const equallyLikely = scores
    .filter((score) => score !== best && score.matched === best.matched)
    .map((score) => score.format);
  return { ...best, total: samples.length, equallyLikely };
}
