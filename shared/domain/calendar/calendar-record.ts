import { fail, succeed, type Result } from '../../result.ts';
import type { RecordValues, Refusal } from '../change.ts';
import type { EntityDefinition } from '../field.ts';
import { refuse } from '../refusal.ts';
import type { Calendar } from './calendar.ts';
import { checkHolidays, readCalendar, type CalendarProblem } from './read-calendar.ts';

/** When work is done (SLA-3). Its holidays are records of their own, so that a feed is many small writes. */
export const calendar = {
  kind: 'calendar',
  area: 'policy',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  check: checkCalendar,
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    /** IANA zone, e.g. Europe/Berlin. */
    timeZone: { type: 'text', maxLength: 64, merge: 'register', column: true, required: true },
    /** JSON: `{"mon-fri": [["08:00", "12:00"], ["13:00", "17:00"]]}`, see `CalendarInput`. */
    weekly: { type: 'text', maxLength: 4_000, multiline: true, merge: 'register', column: true, required: true },
    /** JSON: `{"2026-12-24": [["08:00", "12:00"]]}`. */
    specialDays: { type: 'text', maxLength: 16_000, multiline: true, merge: 'register', column: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** A day on which a calendar is closed. Its id names calendar and date (`holidayId`), so that two devices that read the same feed write the same records. */
export const holiday = {
  kind: 'holiday',
  area: 'policy',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  check: checkHoliday,
  fields: {
    calendar: { type: 'reference', to: 'calendar', merge: 'fixed', column: true, required: true },
    /** `2026-12-25`, or `--12-25` for every year. */
    date: { type: 'text', maxLength: 10, merge: 'fixed', column: true, required: true },
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

export function holidayId(calendarId: string, date: string): string {
  return `${calendarId}:${date}`;
}

/** What is wrong with a calendar's record: the calendar itself, or a text that is not JSON. */
export type CalendarIssue =
  CalendarProblem | { readonly problem: 'json'; readonly where: string; readonly got: string };

/** The calendar of a record and its holidays; the first thing wrong with it otherwise. */
export function readCalendarRecord(
  values: RecordValues,
  holidays: readonly RecordValues[],
): Result<Calendar, CalendarIssue> {
  const [weekly, specialDays] = [parseField(values, 'weekly'), parseField(values, 'specialDays')];
  if (!weekly.ok) return weekly;
  if (!specialDays.ok) return specialDays;
  return readCalendar({
    zone: values['timeZone'],
    weekly: weekly.value ?? {},
    specialDays: specialDays.value ?? {},
    // One that cannot be understood must not close the calendar for good.
    holidays: holidays
      .map(({ date, name }) => ({ date, name: name ?? '' }))
      .filter((each) => checkHolidays([each]) === null),
  });
}

function parseField(values: RecordValues, field: string): Result<unknown, CalendarIssue> {
  const text = values[field] ?? null;
  if (text === null) return succeed(undefined);
  try {
    return succeed(JSON.parse(String(text)));
  } catch {
    return fail({ problem: 'json', where: field, got: String(text).slice(0, 60) });
  }
}

function checkCalendar(values: RecordValues): Refusal | null {
  const read = readCalendarRecord(values, []);
  return read.ok ? null : refuseCalendar(read.failure);
}

function checkHoliday({ date, name }: RecordValues): Refusal | null {
  const problem = checkHolidays([{ date, name: name ?? '' }]);
  return problem && refuseCalendar({ ...problem, where: 'date' });
}

function refuseCalendar({ problem, where, got }: CalendarIssue): Refusal {
  const field = where.split(/[.[]/, 1)[0] ?? where;
  return problem === 'zone'
    ? refuse('bad-time-zone', { field, values: { got } }).failure
    : refuse('bad-calendar', { field, values: { problem, where, got } }).failure;
}
