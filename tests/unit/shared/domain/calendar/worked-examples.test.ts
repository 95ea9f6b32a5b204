import { describe, expect, it } from 'vitest';
import { addWorkingDays } from '../../../../../shared/domain/calendar/working-days.ts';
import { uniteIntervals } from '../../../../../shared/domain/calendar/interval.ts';
import { actualMs, dueAfter, usedMs } from '../../../../../shared/domain/service-level/target-clock.ts';
import { local, sampleCalendars, wall, workingTime } from '../../../../helpers/service-level/sample-calendars.ts';

const minute = 60_000;
const hour = 60 * minute;
const office = workingTime(sampleCalendars.office);
const glpi = workingTime(sampleCalendars.glpi);
const paris = 'Europe/Paris';

/** What other systems' own tests say (itsm-practices 2.6), and the examples that the file of vectors leaves out. */
describe('worked examples', () => {
  it.each<[string, keyof typeof sampleCalendars, string, number, string]>([
    ['V03 before opening', 'office', '2026-03-10 06:15', 60, '2026-03-10 09:00'],
    ['V06 Easter', 'office', '2026-04-02 16:00', 120, '2026-04-07 09:00'],
    ['V09 office hours over the change to summer time', 'office', '2026-03-27 16:00', 120, '2026-03-30 09:00'],
    ['V12 the change in the United States', 'newYork', '2026-03-06 16:30', 60, '2026-03-09 09:30'],
    ['V27 50 %', 'office', '2026-03-10 08:00', 240, '2026-03-10 12:00'],
    ['V30 half day and holiday', 'office', '2026-12-24 11:00', 120, '2026-12-28 09:00'],
    ['24x7 in spring', 'always', '2026-03-28 22:00', 480, '2026-03-29 07:00'],
    ['a night shift of the day before', 'night', '2026-03-13 05:30', 60, '2026-03-13 22:30'],
  ])('%s', (_name, calendar, start, minutes, due) => {
    const working = workingTime(sampleCalendars[calendar]);
    const { zone } = working.calendar;
    expect(wall(working.after(local(start, zone), minutes * minute), zone)).toBe(due);
  });

  it('V18: a pause outside working hours is nothing', () => {
    const pauses = [{ from: local('2026-03-10 18:00'), to: local('2026-03-11 07:00') }];
    expect(wall(dueAfter(office, local('2026-03-10 16:00'), 2 * hour, pauses))).toBe('2026-03-11 09:00');
  });

  it('SLA-4: a segment over the change of clocks holds what really passes', () => {
    const working = workingTime({ zone: 'Europe/Berlin', weekly: { sun: [['02:00', '04:00']] } });
    expect(working.openMs(local('2026-03-29 00:00'), local('2026-03-30 00:00'))).toBe(hour);
    expect(working.openMs(local('2026-10-25 00:00'), local('2026-10-26 00:00'))).toBe(3 * hour);
  });

  it('SLA-5: a due instant on the end of a segment stays there, and one counted back on its start', () => {
    expect(wall(office.after(local('2026-03-10 15:00'), 2 * hour))).toBe('2026-03-10 17:00');
    // The last segment of a month too: the search must not go on into the next.
    expect(wall(office.after(local('2026-03-31 15:00'), 2 * hour))).toBe('2026-03-31 17:00');
    expect(wall(office.before(local('2026-03-10 17:00'), 8 * hour))).toBe('2026-03-10 08:00');
    expect(wall(office.before(local('2026-03-10 08:30'), hour))).toBe('2026-03-09 16:30');
  });

  it('GLPI CalendarTest: working days keep the time of day', () => {
    const working = workingTime({ zone: paris, weekly: { 'mon-fri': [['08:00', '20:00']] } });
    const start = local('2018-11-19 10:00', paris);
    expect(wall(addWorkingDays(working, start, 7), paris)).toBe('2018-11-28 10:00');
    expect(wall(addWorkingDays(working, start, 7, true), paris)).toBe('2018-11-28 20:00');
    expect(wall(addWorkingDays(working, start, -7), paris)).toBe('2018-11-08 10:00');
    const [first, eighth] = [local('2019-01-01 00:00', paris), local('2019-01-08 00:00', paris)];
    expect(working.openMs(first, eighth)).toBe(60 * hour);
    expect(working.openMs(eighth, first)).toBe(0);
  });

  it('GLPI SLMTest: targets, pauses and escalations', () => {
    const start = local('2034-06-09 08:46:12', paris);
    const pause = (from: string, seconds: number) => ({
      from: local(from, paris),
      to: local(from, paris) + seconds * 1_000,
    });
    const three = [
      pause('2034-06-09 08:50', 4_692),
      pause('2034-06-09 10:20', 1_525),
      pause('2034-06-09 10:50', 2_736),
    ];
    expect(wall(dueAfter(glpi, start, 30 * minute, three), paris)).toBe('2034-06-09 11:45:25');
    expect(wall(glpi.after(start, 30 * minute), paris)).toBe('2034-06-09 09:16:12');
    const due = dueAfter(glpi, start, 4 * hour, [pause('2034-06-09 09:00', 7_702)]) ?? 0;
    expect(wall(due, paris)).toBe('2034-06-09 14:54:34');
    expect(wall(glpi.after(due, 10 * hour), paris)).toBe('2034-06-12 16:24:34');
    const monday = local('2034-06-05 10:00', paris);
    const days = [
      { from: monday, to: local('2034-06-07 09:30', paris) },
      { from: local('2034-06-07 10:30', paris), to: local('2034-06-08 09:00', paris) },
    ];
    const late = dueAfter(glpi, monday, 4 * hour, days) ?? 0;
    expect(wall(late, paris)).toBe('2034-06-08 12:00');
    expect(wall(addWorkingDays(glpi, late, 3), paris)).toBe('2034-06-13 12:00');
    const week = addWorkingDays(glpi, start, 5) ?? 0;
    expect(wall(week, paris)).toBe('2034-06-16 08:46:12');
    expect(wall(glpi.before(week, 8 * hour), paris)).toBe('2034-06-15 11:16:12');
  });

  it('Zammad: Berlin 09-17, a holiday, and a pause over midnight', () => {
    const working = workingTime({
      zone: 'Europe/Berlin',
      weekly: { 'mon-fri': [['09:00', '17:00']] },
      holidays: ['2015-09-22'],
    });
    const start = Date.parse('2013-03-21T09:30:00Z');
    const dues = [60, 120, 180, 240].map((minutes) =>
      new Date(working.after(start, minutes * minute) ?? 0).toISOString(),
    );
    expect(dues.map((due) => due.slice(11, 16))).toEqual(['10:30', '11:30', '12:30', '13:30']);
    const longer = workingTime({
      zone: 'Europe/Berlin',
      weekly: { 'mon-fri': [['09:00', '18:00']] },
      holidays: ['2015-09-22'],
    });
    const over = longer.after(Date.parse('2015-09-21T14:30:00Z'), 120 * minute) ?? 0;
    expect(new Date(over).toISOString()).toBe('2015-09-23T07:30:00.000Z');
    const pauses = [
      { from: Date.parse('2013-03-21T09:30:00Z'), to: Date.parse('2013-03-21T09:45:00Z') },
      { from: Date.parse('2013-03-21T10:00:00Z'), to: Date.parse('2013-03-21T10:30:00Z') },
    ];
    const reopened = dueAfter(working, Date.parse('2013-03-21T09:00:00Z'), 120 * minute, pauses) ?? 0;
    expect(new Date(reopened).toISOString()).toBe('2013-03-21T11:45:00.000Z');
    const always = workingTime(sampleCalendars.always);
    const night = [{ from: local('2026-03-10 23:45'), to: local('2026-03-11 00:45') }];
    expect(usedMs(always, local('2026-03-10 23:00'), local('2026-03-11 01:00'), night)).toBe(hour);
  });

  it('OTOBO: across the change to summer time, over Christmas, and 24x7 in São Paulo and Tehran', () => {
    const working = workingTime({
      zone: 'Europe/Berlin',
      weekly: {
        'mon-fri': [
          ['08:00', '13:00'],
          ['14:00', '18:00'],
        ],
      },
      holidays: ['2015-12-24', '2015-12-25', '2015-12-26'],
    });
    const across = working.after(Date.parse('2015-03-27T11:00:00Z'), 15 * hour) ?? 0;
    expect(new Date(across).toISOString()).toBe('2015-03-31T07:00:00.000Z');
    expect(wall(working.after(local('2015-12-22 16:24:49'), 20 * hour))).toBe('2015-12-29 08:24:49');
    for (const zone of ['America/Sao_Paulo', 'Asia/Tehran']) {
      const always = workingTime({ zone, weekly: { 'mon-sun': [['00:00', '24:00']] } });
      const start = Date.parse('2015-03-20T00:00:00Z');
      expect(always.after(start, 10 * 24 * hour)).toBe(start + 10 * 24 * hour);
      expect(always.openMs(start, start + 400 * 24 * hour)).toBe(400 * 24 * hour);
    }
  });

  it('ServiceNow: business and actual elapsed (SLA-13)', () => {
    const working = workingTime({ zone: 'UTC', weekly: { 'mon-fri': [['08:00', '17:00']] } });
    const [from, to] = [local('2026-03-13 21:00', 'UTC'), local('2026-03-16 09:30', 'UTC')];
    expect(usedMs(working, from, to, [])).toBe(90 * minute);
    expect(actualMs(from, to, [])).toBe(60.5 * hour);
    expect(actualMs(from, to, [{ from: from - hour, to: from + hour }])).toBe(59.5 * hour);
  });
});

describe('working days', () => {
  it.each([
    ['before opening', '2026-03-10 06:00', 1, '2026-03-11 08:00'],
    ['at closing', '2026-03-10 17:00', 1, '2026-03-11 17:00'],
    ['after closing', '2026-03-10 18:00', 1, '2026-03-12 08:00'],
    ['in the lunch break', '2026-03-10 12:30', 1, '2026-03-11 13:00'],
    ['on a weekend', '2026-03-14 11:00', 1, '2026-03-17 08:00'],
    ['over Easter', '2026-04-02 10:00', 1, '2026-04-07 10:00'],
    ['into a half day', '2026-12-23 15:00', 1, '2026-12-24 12:00'],
    ['none', '2026-03-10 10:00', 0, '2026-03-10 10:00'],
    ['back', '2026-04-07 10:00', -1, '2026-04-02 10:00'],
  ])('%s', (_name, start, days, end) => {
    expect(wall(addWorkingDays(office, local(start), days))).toBe(end);
  });

  it('belong to the day on which a night shift starts', () => {
    const night = workingTime(sampleCalendars.night);
    expect(wall(addWorkingDays(night, local('2026-03-13 05:30'), 1))).toBe('2026-03-14 05:30');
  });
});

describe('a search that finds nothing', () => {
  it('ends: every year of this calendar is one holiday', () => {
    const days = Array.from(
      { length: 366 },
      (_, day) => `-${new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(4, 10)}`,
    );
    const working = workingTime({ zone: 'UTC', weekly: { mon: [['08:00', '09:00']] }, holidays: days });
    expect(working.after(0, minute)).toBeNull();
    expect(working.before(0, minute)).toBeNull();
    expect(working.nextOpen(0)).toBeNull();
    expect(addWorkingDays(working, 0, 1)).toBeNull();
  });

  it('unites pauses however they overlap (SLA-8)', () => {
    expect(
      uniteIntervals([
        { from: 5, to: 9 },
        { from: 1, to: 3 },
        { from: 3, to: 4 },
        { from: 6, to: 7 },
        { from: 8, to: 8 },
      ]),
    ).toEqual([
      { from: 1, to: 4 },
      { from: 5, to: 9 },
    ]);
  });
});
