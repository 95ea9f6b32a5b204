import { describe, expect, it } from 'vitest';
import { readHolidayFeed } from '../../../../../shared/domain/calendar/holiday-feed.ts';
import { checkHolidays } from '../../../../../shared/domain/calendar/read-calendar.ts';

function feed(...events: readonly string[]): string {
  const blocks = events.map((lines) => `BEGIN:VEVENT\r\n${lines.split('|').join('\r\n')}\r\nEND:VEVENT`);
  return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//EN', ...blocks, 'END:VCALENDAR', ''].join('\r\n');
}

function read(...events: readonly string[]) {
  const outcome = readHolidayFeed(feed(...events), 2025, 2027);
  if (!outcome.ok) throw new Error(outcome.failure.kind);
  return outcome.value;
}

describe('holiday feeds (.ics)', () => {
  it('takes dated days, and each day of those that last longer', () => {
    const { holidays } = read(
      'SUMMARY:Good Friday|DTSTART;VALUE=DATE:20260403|DTEND;VALUE=DATE:20260404',
      'SUMMARY:Eid al-Fitr|DTSTART;VALUE=DATE:20260320|DTEND;VALUE=DATE:20260323',
    );
    expect(holidays).toEqual([
      { date: '2026-03-20', name: 'Eid al-Fitr' },
      { date: '2026-03-21', name: 'Eid al-Fitr' },
      { date: '2026-03-22', name: 'Eid al-Fitr' },
      { date: '2026-04-03', name: 'Good Friday' },
    ]);
    expect(checkHolidays(holidays)).toBeNull();
  });

  it('keeps what repeats on one date as yearly', () => {
    const { holidays } = read('SUMMARY:Christmas Day|DTSTART;VALUE=DATE:20101225|RRULE:FREQ=YEARLY');
    expect(holidays).toEqual([{ date: '--12-25', name: 'Christmas Day' }]);
    expect(checkHolidays(holidays)).toBeNull();
  });

  it('writes other repeats out for the years asked for', () => {
    const { holidays } = read(
      'SUMMARY:Thanksgiving|DTSTART;VALUE=DATE:20201126|RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
      'SUMMARY:Until|DTSTART;VALUE=DATE:20200601|RRULE:FREQ=YEARLY;UNTIL=20250601',
      'SUMMARY:Not in 2026|DTSTART;VALUE=DATE:20200701|RRULE:FREQ=YEARLY|EXDATE;VALUE=DATE:20260701',
    );
    expect(holidays.map(({ date }) => date)).toEqual([
      '2025-06-01',
      '2025-07-01',
      '2025-11-27',
      '2026-11-26',
      '2027-07-01',
      '2027-11-25',
    ]);
  });

  it('skips what is no holiday, and says why', () => {
    const { holidays, skipped } = read(
      'SUMMARY:Meeting|DTSTART:20260105T090000Z|DTEND:20260105T100000Z',
      'SUMMARY:Called off|STATUS:CANCELLED|DTSTART;VALUE=DATE:20260106',
      'SUMMARY:Summer term|DTSTART;VALUE=DATE:20260401|DTEND;VALUE=DATE:20260701',
      'SUMMARY:No date',
      'SUMMARY:Holiday\\, really|DTSTART;VALUE=DATE:20260107',
    );
    expect(holidays).toEqual([{ date: '2026-01-07', name: 'Holiday, really' }]);
    expect(skipped.map(({ reason }) => reason)).toEqual(['part-of-a-day', 'cancelled', 'too-long', 'part-of-a-day']);
  });

  it.each([
    ['<html>not found</html>', 'not-a-calendar'],
    ['', 'not-a-calendar'],
    ['BEGIN:VCARD\r\nVERSION:3.0\r\nFN:x\r\nEND:VCARD\r\n', 'not-a-calendar'],
    [feed(), 'no-events'],
    ['BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:cut', 'not-a-calendar'],
  ])('refuses %j as %s', (text, kind) => {
    const outcome = readHolidayFeed(text, 2025, 2027);
    expect(outcome).toMatchObject({ ok: false, failure: { kind } });
  });
});
