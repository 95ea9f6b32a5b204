import { describe, expect, it } from 'vitest';
import { planDay } from '../../../../../shared/domain/calendar/calendar.ts';
import {
  checkHolidays,
  readCalendar,
  type CalendarInput,
} from '../../../../../shared/domain/calendar/read-calendar.ts';

const zone = 'Europe/Berlin';
const weekly = {
  'mon-fri': [
    ['08:00', '12:00'],
    ['13:00', '17:00'],
  ],
};

function read(input: Partial<CalendarInput>) {
  const outcome = readCalendar({ zone, weekly, ...input });
  if (!outcome.ok) throw new Error(`${outcome.failure.problem} at ${outcome.failure.where}`);
  return outcome.value;
}

describe('reading a calendar', () => {
  it('takes spans, lists and single days, over the end of the week too', () => {
    const { weekly: week } = read({
      weekly: { 'fri-mon': [['10:00', '11:00']], 'tue,Thursday': [['09:00', '10:00']], mon: [['08:00', '09:30']] },
    });
    expect(week.map((segments) => segments.map(({ start }) => start))).toEqual([
      [480, 600],
      [540],
      [],
      [540],
      [600],
      [600],
      [600],
    ]);
  });

  it('lets the most definite entry of a day count', () => {
    const calendar = read({
      holidays: [
        '2026-12-24',
        { date: '2026-12-25', name: 'Christmas', yearly: true },
        { date: '--12-31' },
        '2027-12-31',
      ],
      specialDays: {
        '2026-12-24': [['08:00', '12:00']],
        '--12-31': [['08:00', '10:00']],
        '2027-12-25': [['08:00', '09:00']],
      },
    });
    expect(planDay(calendar, '2026-12-24', 4)).toEqual({ segments: [{ start: 480, end: 720 }], holiday: null });
    expect(planDay(calendar, '2028-12-25', 1)).toEqual({ segments: [], holiday: 'Christmas' });
    expect(planDay(calendar, '2027-12-25', 6)).toEqual({ segments: [{ start: 480, end: 540 }], holiday: null });
    expect(planDay(calendar, '2026-12-31', 4).segments).toEqual([{ start: 480, end: 600 }]);
    expect(planDay(calendar, '2027-12-31', 5)).toEqual({ segments: [], holiday: '' });
  });

  it('leaves out a holiday that is not active (Zammad)', () => {
    expect(read({ holidays: [{ date: '2015-09-22', name: 'x', active: false }] }).holidays.size).toBe(0);
  });

  it.each<[Partial<CalendarInput>, string, string]>([
    [{ zone: 'Berlin' }, 'zone', 'timeZone'],
    [{ zone: '+02:00' }, 'zone', 'timeZone'],
    [{ zone: 7 }, 'zone', 'timeZone'],
    [{ weekly: {} }, 'no-working-time', 'weekly'],
    [{ weekly: { mon: [] } }, 'no-working-time', 'weekly'],
    [{ weekly: [] }, 'shape', 'weekly'],
    [{ weekly: { mon: '08:00-17:00' } }, 'shape', 'weekly.mon'],
    [{ weekly: { mon: [['08:00']] } }, 'shape', 'weekly.mon[0]'],
    [{ weekly: { montag: [['08:00', '17:00']] } }, 'weekday', 'weekly.montag'],
    [{ weekly: { 'mon-tue-wed': [['08:00', '17:00']] } }, 'weekday', 'weekly.mon-tue-wed'],
    [{ weekly: { mon: [['8', '17:00']] } }, 'time', 'weekly.mon[0]'],
    [{ weekly: { mon: [['08:60', '17:00']] } }, 'time', 'weekly.mon[0]'],
    [{ weekly: { mon: [['24:00', '25:00']] } }, 'time', 'weekly.mon[0]'],
    [{ weekly: { mon: [['08:00', '49:00']] } }, 'time', 'weekly.mon[0]'],
    // A segment that ends at midnight ends at 24:00.
    [{ weekly: { mon: [['08:00', '00:00']] } }, 'segment-order', 'weekly.mon[0]'],
    [{ weekly: { mon: [['08:00', '08:00']] } }, 'segment-order', 'weekly.mon[0]'],
    [
      {
        weekly: {
          mon: [
            ['08:00', '12:00'],
            ['11:00', '13:00'],
          ],
        },
      },
      'segment-overlap',
      'weekly.mon',
    ],
    [{ weekly: { mon: [['08:00', '12:00']], 'mon-tue': [['09:00', '10:00']] } }, 'segment-overlap', 'weekly.mon-tue'],
    [{ weekly: { sun: [['22:00', '30:00']], mon: [['05:00', '06:00']] } }, 'segment-overlap', 'weekly.mon'],
    [{ holidays: ['2026-02-29'] }, 'date', 'holidays[0]'],
    [{ holidays: ['25.12.2026'] }, 'date', 'holidays[0]'],
    [{ holidays: [{ name: 'x' }] }, 'date', 'holidays[0]'],
    [{ holidays: 'none' }, 'shape', 'holidays'],
    [{ holidays: Array.from({ length: 5_001 }, () => '2026-01-01') }, 'too-many', 'holidays'],
    [{ specialDays: { '12-24': [] } }, 'date', 'specialDays.12-24'],
    [{ specialDays: { '2026-12-24': [['12:00', '08:00']] } }, 'segment-order', 'specialDays.2026-12-24[0]'],
  ])('refuses %j: %s', (input, problem, where) => {
    const outcome = readCalendar({ zone, weekly, ...input });
    expect(outcome).toMatchObject({ ok: false, failure: { problem, where } });
  });

  it('says what is wrong with a list of holidays on its own', () => {
    expect(checkHolidays(['--02-29', { date: '2024-02-29', name: 'Leap day' }])).toBeNull();
    expect(checkHolidays([null])).toMatchObject({ problem: 'shape', where: 'holidays[0]', got: 'null' });
  });
});
