import ICAL from 'ical.js';
import { fail, succeed, type Result } from '../../result.ts';

/** One entry of a holiday list, in the form `readCalendar` takes. */
export interface HolidayEntry {
  /** `2026-12-25`, or `--12-25` for every year. */
  readonly date: string;
  readonly name: string;
}

export interface HolidayFeed {
  /** In order of date; yearly ones first. */
  readonly holidays: readonly HolidayEntry[];
  /** Entries that are no holidays for a calendar, with the reason. */
  readonly skipped: readonly { readonly name: string; readonly reason: 'part-of-a-day' | 'cancelled' | 'too-long' }[];
}

/** Why a feed could not be read. `detail` is the parser's own words. */
export interface FeedProblem {
  readonly kind: 'not-a-calendar' | 'no-events' | 'too-large';
  readonly detail: string;
}

const maxCharacters = 8_000_000;
/** An entry of more days than this is a season or a term, not a holiday. */
const maxDays = 31;

/**
 * Holidays out of an iCalendar feed (.ics). Events that repeat every year on one date become yearly; every other repeat
 * (Easter rules, `BYDAY`) is written out for the years given, first and last included. Times of day are skipped: half
 * days are special hours of a calendar, not holidays.
 */
export function readHolidayFeed(text: string, firstYear: number, lastYear: number): Result<HolidayFeed, FeedProblem> {
  if (text.length > maxCharacters) return fail({ kind: 'too-large', detail: `${text.length} characters` });
  let events: readonly ICAL.Component[];
  try {
    const parsed: unknown = ICAL.parse(text.replace(/^\uFEFF/, '').trimEnd());
    const jcal = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed[0] : parsed;
    const root = new ICAL.Component(jcal as string);
    if (root.name !== 'vcalendar') return fail({ kind: 'not-a-calendar', detail: root.name });
    events = root.getAllSubcomponents('vevent');
  } catch (error) {
    return fail({ kind: 'not-a-calendar', detail: error instanceof Error ? error.message : String(error) });
  }
  if (events.length === 0) return fail({ kind: 'no-events', detail: '' });
  const holidays = new Map<string, string>();
  const skipped: HolidayFeed['skipped'][number][] = [];
  for (const component of events) {
    const event = new ICAL.Event(component);
    const name = (event.summary ?? '').trim().slice(0, 200);
    const reason = reasonToSkip(event, component);
    if (reason !== null) skipped.push({ name, reason });
    else for (const date of datesOf(event, component, firstYear, lastYear)) holidays.set(date, name);
  }
  return succeed({
    holidays: [...holidays]
      .map(([date, name]) => ({ date, name }))
      .sort((left, right) => (left.date < right.date ? -1 : 1)),
    skipped,
  });
}

function reasonToSkip(event: ICAL.Event, component: ICAL.Component): HolidayFeed['skipped'][number]['reason'] | null {
  if (component.getFirstPropertyValue('status') === 'CANCELLED') return 'cancelled';
  if (!(event.startDate as ICAL.Time | null)?.isDate) return 'part-of-a-day';
  return daysOf(event) > maxDays ? 'too-long' : null;
}

/** DTEND is the day after the last one. */
function daysOf(event: ICAL.Event): number {
  return Math.max(1, Math.round(event.duration.toSeconds() / 86_400));
}

function datesOf(event: ICAL.Event, component: ICAL.Component, firstYear: number, lastYear: number): readonly string[] {
  if (!event.isRecurring()) return daysFrom(event.startDate, daysOf(event)).map((day) => day.toString());
  if (isPlainYearly(component))
    return daysFrom(event.startDate, daysOf(event)).map((day) => `-${day.toString().slice(4)}`);
  const dates: string[] = [];
  const occurrences = event.iterator();
  for (let start = occurrences.next() as ICAL.Time | undefined; start !== undefined; start = occurrences.next()) {
    if (start.year > lastYear) break;
    if (start.year >= firstYear) dates.push(...daysFrom(start, daysOf(event)).map((day) => day.toString()));
  }
  return dates;
}

/** Repeats each year on its own date, for ever and without exceptions. */
function isPlainYearly(component: ICAL.Component): boolean {
  const rules = component.getAllProperties('rrule');
  const [rule] = rules.map((property) => String(property.getFirstValue()));
  if (rules.length !== 1 || rule === undefined || component.hasProperty('exdate') || component.hasProperty('rdate'))
    return false;
  return rule.split(';').every((part) => part === 'FREQ=YEARLY' || part === 'INTERVAL=1' || part.startsWith('WKST='));
}

function daysFrom(start: ICAL.Time, count: number): readonly ICAL.Time[] {
  return Array.from({ length: count }, (_, days) => {
    const day = start.clone();
    day.adjust(days, 0, 0, 0);
    return day;
  });
}
