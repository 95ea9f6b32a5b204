import { timeText } from './read-calendar.ts';

/** Hours of a day as they are stored: `[["08:00", "12:00"]]`, above 24:00 into the next day. */
export type StoredHours = readonly (readonly [from: string, to: string])[];

const dayMinutes = 1_440;
export const weekdayKeys = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/**
 * Hours as people write them: `08:00-12:00, 13:00-17:00`, `8-12`, `22:00-06:00` into the next day. '' is a closed day;
 * null when it cannot be read.
 */
export function parseHours(text: string): StoredHours | null {
  const parts = text
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const hours: (readonly [string, string])[] = [];
  for (const part of parts) {
    const [from, to, rest] = part.split(/\s*[-–]\s*/).map(minutesOf);
    if (from === undefined || from === null || to === undefined || to === null || rest !== undefined) return null;
    const end = to <= from ? to + dayMinutes : to;
    if (from >= dayMinutes || end > 2 * dayMinutes) return null;
    hours.push([timeText(from), timeText(end)]);
  }
  return hours;
}

function minutesOf(text: string): number | null {
  const [, hours, minutes = '0'] = /^(\d{1,2})(?::([0-5]\d))?$/.exec(text.trim()) ?? [];
  return hours === undefined || Number(hours) > 48 ? null : Number(hours) * 60 + Number(minutes);
}

/** Stored hours as people write them: what runs into the next day ends at that day's time. */
export function hoursText(hours: StoredHours): string {
  return hours.map(([from, to]) => `${from}-${nextDayTime(to)}`).join(', ');
}

function nextDayTime(time: string): string {
  const minutes = minutesOf(time) ?? 0;
  return minutes > dayMinutes ? timeText(minutes - dayMinutes) : time;
}

/** The week of a stored calendar, a text a day, Monday first. Null when it is not of the stored form. */
export function weekTexts(weekly: string): readonly string[] | null {
  const parsed: unknown = parseJson(weekly);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const days: StoredHours[] = weekdayKeys.map(() => []);
  for (const [key, hours] of Object.entries(parsed)) {
    const stored = readStored(hours);
    if (stored === null) return null;
    for (const part of key.split(',')) {
      const [first, last = first] = part.split('-').map((name) => weekdayKeys.findIndex((day) => day === name.trim()));
      if (first === undefined || last === undefined || first < 0 || last < 0) return null;
      for (let step = 0; step <= (last - first + 7) % 7; step += 1) {
        const day = (first + step) % 7;
        days[day] = [...(days[day] ?? []), ...stored];
      }
    }
  }
  return days.map(hoursText);
}

/** The stored week of a text a day; null when one cannot be read. Equal neighbours become one entry. */
export function storedWeek(texts: readonly string[]): string | null {
  const days = texts.map(parseHours);
  if (days.some((hours) => hours === null)) return null;
  const week: Record<string, StoredHours> = {};
  for (let from = 0; from < days.length;) {
    let to = from;
    while (to + 1 < days.length && JSON.stringify(days[to + 1]) === JSON.stringify(days[from])) to += 1;
    const hours = days[from] ?? [];
    const [first, last] = [weekdayKeys[from], weekdayKeys[to]];
    if (hours.length > 0 && first !== undefined && last !== undefined)
      week[first === last ? first : `${first}-${last}`] = hours;
    from = to + 1;
  }
  return JSON.stringify(week);
}

/** Special days a line each: `2026-12-24 08:00-12:00`. Null when they are not of the stored form. */
export function specialDaysText(stored: string): string | null {
  const parsed: unknown = stored === '' ? {} : parseJson(stored);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  const lines: string[] = [];
  for (const [date, given] of Object.entries(parsed)) {
    const hours = readStored(given);
    if (hours === null) return null;
    lines.push(`${date} ${hoursText(hours)}`.trim());
  }
  return lines.join('\n');
}

/** The stored form of special days, or the number of the first line that cannot be read, from 1. */
export function storedSpecialDays(text: string): { readonly stored: string } | { readonly line: number } {
  const days: Record<string, StoredHours> = {};
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, date, hours = ''] = /^\s*((?:\d{4}|-)-\d{2}-\d{2})\s*(.*)$/.exec(line) ?? [];
    const parsed = parseHours(hours);
    if (date === undefined || parsed === null) return { line: index + 1 };
    days[date] = parsed;
  }
  return { stored: Object.keys(days).length === 0 ? '' : JSON.stringify(days) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function readStored(input: unknown): StoredHours | null {
  if (!Array.isArray(input)) return null;
  const hours = input.map((each: unknown) =>
    Array.isArray(each) && each.length === 2 ? ([String(each[0]), String(each[1])] as const) : null,
  );
  return hours.every((each) => each !== null) ? hours : null;
}
