import { describe, expect, it } from 'vitest';
import {
  hoursText,
  parseHours,
  specialDaysText,
  storedSpecialDays,
  storedWeek,
  weekTexts,
} from '../../../../../shared/domain/calendar/week-text.ts';

describe('hours as people write them', () => {
  it.each([
    ['08:00-12:00, 13:00-17:00', '08:00-12:00, 13:00-17:00'],
    ['8-12;13:30–17', '08:00-12:00, 13:30-17:00'],
    ['22:00-06:00', '22:00-06:00'],
    ['00:00-24:00', '00:00-24:00'],
    ['', ''],
  ])('%s', (text, expected) => {
    const hours = parseHours(text);
    expect(hours && hoursText(hours)).toBe(expected);
  });

  it.each(['8', '8-', '25:00-26:00', '08:60-09:00', 'eight-nine', '08:00-12:00-13:00'])('refuses %s', (text) => {
    expect(parseHours(text)).toBeNull();
  });

  it('keep a night shift beyond midnight', () => {
    expect(parseHours('22:00-06:00')).toEqual([['22:00', '30:00']]);
  });
});

describe('a week', () => {
  it('goes to its stored form and back', () => {
    const texts = ['08:00-17:00', '08:00-17:00', '08:00-17:00', '', '', '22:00-06:00', ''];
    const stored = storedWeek(texts);
    expect(stored).toBe('{"mon-wed":[["08:00","17:00"]],"sat":[["22:00","30:00"]]}');
    expect(weekTexts(stored ?? '')).toEqual(texts);
    expect(weekTexts('{"fri-mon":[["08:00","09:00"]]}')?.map((text) => text === '')).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(storedWeek(['8 to 9'])).toBeNull();
    for (const wrong of ['{', '[]', '{"mon":7}', '{"someday":[]}']) expect(weekTexts(wrong)).toBeNull();
  });

  it('and so do special days, which name the line that is wrong', () => {
    const lines = '2026-12-24 08:00-12:00\n--12-31';
    const stored = storedSpecialDays(lines);
    expect(stored).toEqual({ stored: '{"2026-12-24":[["08:00","12:00"]],"--12-31":[]}' });
    expect(specialDaysText('stored' in stored ? stored.stored : '')).toBe(lines);
    expect(storedSpecialDays('2026-12-24 08:00-12:00\n\nChristmas')).toEqual({ line: 3 });
    expect(storedSpecialDays(' \n')).toEqual({ stored: '' });
    expect(specialDaysText('7')).toBeNull();
  });
});
