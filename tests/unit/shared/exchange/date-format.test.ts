import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  detectDateFormat,
  instantReader,
  parseTime,
  type DateFormat,
} from '../../../../shared/exchange/date-format.ts';
import { isTimeZone, timeZone } from '../../../../shared/exchange/time-zone.ts';

const read = (text: string, format: DateFormat, zone = 'UTC'): string | undefined => {
  const instant = instantReader(format, zone)(text);
  return instant && new Date(instant.ms).toISOString();
};

describe('date formats', () => {
  it.each<[string, DateFormat, string]>([
    ['29/2/2016 01:16', 'd/m/yyyy', '2016-02-29T01:16:00.000Z'],
    ['29/02/2016', 'd/m/yyyy', '2016-02-29T00:00:00.000Z'],
    ['2/29/2016 1:16 PM', 'm/d/yyyy', '2016-02-29T13:16:00.000Z'],
    ['2/29/2016 12:05:07 am', 'm/d/yyyy', '2016-02-29T00:05:07.000Z'],
    ['29.2.2016 23:59:58', 'd.m.yyyy', '2016-02-29T23:59:58.000Z'],
    ['29-02-2016 08:00:00', 'd-m-yyyy', '2016-02-29T08:00:00.000Z'],
    ['2016-02-29 01:16:00', 'iso-8601', '2016-02-29T01:16:00.000Z'],
    ['2016-02-29T01:16:00.250Z', 'iso-8601', '2016-02-29T01:16:00.250Z'],
    ['2016-02-29T01:16:00+05:30', 'iso-8601', '2016-02-28T19:46:00.000Z'],
    ['2016-02-29T01:16-0800', 'iso-8601', '2016-02-29T09:16:00.000Z'],
  ])('reads %s as %s', (text, format, expected) => {
    expect(read(text, format)).toBe(expected);
  });

  it.each<[string, DateFormat]>([
    ['29/2/2015 01:16', 'd/m/yyyy'],
    ['31/4/2016', 'd/m/yyyy'],
    ['1/13/2016', 'd/m/yyyy'],
    ['29/2/2016 24:00', 'd/m/yyyy'],
    ['29/2/2016 10:60', 'd/m/yyyy'],
    ['1/1/16', 'd/m/yyyy'],
    ['1/1/2016 13:00 PM', 'm/d/yyyy'],
    ['0/1/2016', 'd/m/yyyy'],
    ['2016-2-29', 'iso-8601'],
    ['?', 'iso-8601'],
  ])('refuses %s as %s', (text, format) => {
    expect(read(text, format)).toBeUndefined();
  });

  it('puts zoneless times into the zone given, and only those', () => {
    expect(read('1/7/2016 12:00', 'd/m/yyyy', 'America/Sao_Paulo')).toBe('2016-07-01T15:00:00.000Z');
    expect(read('2016-07-01T12:00:00Z', 'iso-8601', 'America/Sao_Paulo')).toBe('2016-07-01T12:00:00.000Z');
  });

  it('detects a format, and says when another is just as likely', () => {
    expect(detectDateFormat(['29/2/2016 01:16', '1/3/2016 10:00'])).toEqual({
      format: 'd/m/yyyy',
      matched: 2,
      total: 2,
      equallyLikely: [],
    });
    expect(detectDateFormat(['2/29/2016', '3/1/2016'])?.format).toBe('m/d/yyyy');
    expect(detectDateFormat(['1/2/2016'])?.equallyLikely).toEqual(['m/d/yyyy']);
    expect(detectDateFormat(['2016-02-29 01:16:00', 'x'])).toMatchObject({ format: 'iso-8601', matched: 1, total: 2 });
    expect(detectDateFormat(['hello'])).toBeUndefined();
  });

  it('reads back every day it could have been written from', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          const [year, month, day] = date.toISOString().split(/[-T]/);
          const parsed = parseTime(`${Number(day)}/${Number(month)}/${year}`, 'd/m/yyyy');
          expect(parsed?.local).toMatchObject({ year: Number(year), month: Number(month), day: Number(day) });
        },
      ),
    );
  });
});

describe('time zones', () => {
  const at = (zone: string, text: string): { ms: string; certainty: string } => {
    const local = parseTime(text, 'iso-8601')?.local;
    if (!local) throw new Error(text);
    const { ms, certainty } = timeZone(zone).toInstant(local);
    return { ms: new Date(ms).toISOString(), certainty };
  };

  it.each([
    ['Europe/Berlin', '2016-03-27 01:59', '2016-03-27T00:59:00.000Z', 'exact'],
    ['Europe/Berlin', '2016-03-27 02:30', '2016-03-27T01:30:00.000Z', 'skipped'],
    ['Europe/Berlin', '2016-03-27 03:00', '2016-03-27T01:00:00.000Z', 'exact'],
    ['Europe/Berlin', '2016-10-30 01:59', '2016-10-29T23:59:00.000Z', 'exact'],
    ['Europe/Berlin', '2016-10-30 02:30', '2016-10-30T00:30:00.000Z', 'repeated'],
    ['Europe/Berlin', '2016-10-30 03:00', '2016-10-30T02:00:00.000Z', 'exact'],
    ['America/New_York', '2016-03-13 02:30', '2016-03-13T07:30:00.000Z', 'skipped'],
    ['America/New_York', '2016-11-06 01:30', '2016-11-06T05:30:00.000Z', 'repeated'],
    ['America/Sao_Paulo', '2016-10-16 00:30', '2016-10-16T03:30:00.000Z', 'skipped'],
    ['Australia/Lord_Howe', '2016-04-03 01:45', '2016-04-02T14:45:00.000Z', 'repeated'],
    ['Asia/Kolkata', '2016-01-01 00:00', '2015-12-31T18:30:00.000Z', 'exact'],
    ['Pacific/Apia', '2011-12-30 12:00', '2011-12-30T22:00:00.000Z', 'skipped'],
    ['Pacific/Kiritimati', '2016-01-01 00:00', '2015-12-31T10:00:00.000Z', 'exact'],
    ['UTC', '2016-02-29 12:00', '2016-02-29T12:00:00.000Z', 'exact'],
  ])('%s shows %s', (zone, text, ms, certainty) => {
    expect(at(zone, text)).toEqual({ ms, certainty });
  });

  it('leads back to the instant a zone showed it at, unless the clock showed it twice', () => {
    const zones = [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Casablanca',
      'Pacific/Chatham',
    ];
    const known = new Map(
      zones.map((zone) => [
        zone,
        {
          zone: timeZone(zone),
          format: new Intl.DateTimeFormat('en', {
            timeZone: zone,
            hourCycle: 'h23',
            year: 'numeric',
            month: 'numeric',
            day: 'numeric',
            hour: 'numeric',
            minute: 'numeric',
          }),
        },
      ]),
    );
    const minutes = fc.integer({ min: Date.UTC(1990, 0, 1) / 60_000, max: Date.UTC(2036, 0, 1) / 60_000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (name, minute) => {
        const tools = known.get(name);
        const parts = new Map(
          tools?.format.formatToParts(minute * 60_000).map(({ type, value }) => [type, Number(value)]),
        );
        const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
        const instant = tools?.zone.toInstant({
          year: part('year'),
          month: part('month'),
          day: part('day'),
          hour: part('hour'),
          minute: part('minute'),
          second: 0,
          millisecond: 0,
        });
        expect(instant?.certainty).not.toBe('skipped');
        if (instant?.certainty === 'exact') expect(instant.ms).toBe(minute * 60_000);
      }),
      { numRuns: 2_000 },
    );
  });

  it('knows zones from other words', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Europe/Nowhere')).toBe(false);
    expect(isTimeZone('')).toBe(false);
  });
});
