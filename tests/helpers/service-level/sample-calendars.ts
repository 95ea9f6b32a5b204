import { Temporal } from 'temporal-polyfill';
import { readCalendar, type CalendarInput } from '../../../shared/domain/calendar/read-calendar.ts';
import { WorkingTime } from '../../../shared/domain/calendar/working-time.ts';

/** The calendars of the worked examples (itsm-practices 2.6). */
export const sampleCalendars = {
  office: {
    zone: 'Europe/Berlin',
    weekly: {
      'mon-fri': [
        ['08:00', '12:00'],
        ['13:00', '17:00'],
      ],
    },
    holidays: ['2026-04-03', '2026-04-06', '2026-05-01', '2026-12-25'],
    specialDays: { '2026-12-24': [['08:00', '12:00']] },
  },
  always: { zone: 'Europe/Berlin', weekly: { 'mon-sun': [['00:00', '24:00']] } },
  newYork: { zone: 'America/New_York', weekly: { 'mon-fri': [['09:00', '17:00']] } },
  kolkata: { zone: 'Asia/Kolkata', weekly: { 'mon-sat': [['10:00', '18:30']] } },
  night: { zone: 'Europe/Berlin', weekly: { 'mon-fri': [['22:00', '30:00']] } },
  /** GLPI's unit tests. */
  glpi: { zone: 'Europe/Paris', weekly: { mon: [['10:30', '19:00']], 'tue-fri': [['08:30', '19:00']] } },
} as const satisfies Readonly<Record<string, CalendarInput>>;

export function workingTime(input: CalendarInput): WorkingTime {
  const read = readCalendar(input);
  if (!read.ok) throw new Error(`${read.failure.problem} at ${read.failure.where}: ${read.failure.got}`);
  return new WorkingTime(read.value);
}

/** Instant (ms) of a wall time in a zone: `2026-03-10 09:00`. */
export function local(wall: string, zone: string = 'Europe/Berlin'): number {
  return Temporal.PlainDateTime.from(wall.replace(' ', 'T')).toZonedDateTime(zone).epochMilliseconds;
}

/** The wall time of an instant, `2026-03-10 09:00`, with seconds when there are any. */
export function wall(instant: number | null, zone: string = 'Europe/Berlin'): string {
  if (instant === null) return 'never';
  const text = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString();
  return text.replace('T', ' ').replace(/:00$/, '');
}
