import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniteIntervals } from '../../../../../shared/domain/calendar/interval.ts';
import { timeText, weekdays, type CalendarInput } from '../../../../../shared/domain/calendar/read-calendar.ts';
import { dueAfter, usedMs } from '../../../../../shared/domain/service-level/target-clock.ts';
import { countOpen, dueByMinutes, type OracleCalendar } from '../../../../helpers/service-level/minute-oracle.ts';
import { workingTime } from '../../../../helpers/service-level/sample-calendars.ts';

const minuteMs = 60_000;
/** Zones with odd offsets, changes of half an hour, changes at midnight, and a day that never was (Apia, 2011). */
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/Sao_Paulo',
  'Asia/Tehran',
  'Pacific/Chatham',
  'Africa/Casablanca',
  'UTC',
];
/** Days around which clocks change, years end and, in Apia, a day is left out. */
const moments = [
  '2026-03-29',
  '2026-10-25',
  '2026-03-08',
  '2026-11-01',
  '2026-04-05',
  '2017-10-15',
  '2018-02-18',
  '2021-09-22',
  '2026-12-31',
  '2024-02-29',
].map((day) => Date.parse(`${day}T00:00:00Z`));

const segmentsOfDay = fc
  .uniqueArray(fc.nat(95), { minLength: 0, maxLength: 6 })
  .map((edges) => edges.sort((left, right) => left - right))
  .map((edges) =>
    Array.from({ length: Math.floor(edges.length / 2) }, (_, pair): [number, number] => [
      (edges[2 * pair] ?? 0) * 15,
      (edges[2 * pair + 1] ?? 0) * 15 + 15,
    ]),
  )
  .map((segments) => segments.filter(([, end], index) => end <= (segments[index + 1]?.[0] ?? Infinity)));

/** A night shift at the end of the day, so short that it ends before anything begins on the next day. */
const week = fc
  .tuple(
    fc.array(segmentsOfDay, { minLength: 7, maxLength: 7 }),
    fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  )
  .map(([days, nights]) =>
    days.map((segments, day) => {
      const nextStart = days[(day + 1) % 7]?.[0]?.[0] ?? 1_440;
      const last = segments.at(-1);
      return nights[day] === true && last && last[1] < 1_380 && nextStart > 0
        ? [...segments, [1_380, 1_440 + Math.min(nextStart, 480)] as [number, number]]
        : segments;
    }),
  )
  .filter((days) => days.some((segments) => segments.length > 0));

const sample = fc.record({
  zone: fc.constantFrom(...zones),
  weekly: week,
  anchor: fc.constantFrom(...moments),
  holidays: fc.array(fc.nat(9), { maxLength: 3 }),
  special: fc.option(fc.tuple(fc.nat(9), segmentsOfDay)),
  startMinute: fc.nat(3 * 1_440),
  budget: fc.nat(1_500),
  pauses: fc.array(fc.tuple(fc.nat(6 * 1_440), fc.nat(1_000)), { maxLength: 4 }),
});

function build({
  zone,
  weekly,
  anchor,
  holidays,
  special,
}: {
  zone: string;
  weekly: [number, number][][];
  anchor: number;
  holidays: number[];
  special: [number, [number, number][]] | null;
}): {
  readonly oracle: OracleCalendar;
  readonly input: CalendarInput;
} {
  const dateAt = (day: number) => new Date(anchor + (day - 3) * 86_400_000).toISOString().slice(0, 10);
  const dates = holidays.map((day, index) => (index === 2 ? `--${dateAt(day).slice(5)}` : dateAt(day)));
  const specialDays = special ? { [dateAt(special[0])]: special[1] } : {};
  const texts = (segments: readonly (readonly [number, number])[]) =>
    segments.map(([start, end]) => [timeText(start), timeText(end)]);
  return {
    oracle: { zone, weekly, holidays: dates, specialDays },
    input: {
      zone,
      weekly: Object.fromEntries(weekly.map((segments, day) => [weekdays[day] ?? '', texts(segments)])),
      holidays: dates,
      specialDays: Object.fromEntries(Object.entries(specialDays).map(([date, segments]) => [date, texts(segments)])),
    },
  };
}

describe('working time beside a walk over the minutes', () => {
  it('counts the same open minutes, and finds the same due instant', () => {
    fc.assert(
      fc.property(sample, (given) => {
        const { oracle, input } = build(given);
        const working = workingTime(input);
        const start = given.anchor - 2 * 86_400_000 + given.startMinute * minuteMs;
        const pauses = given.pauses.map(
          ([at, length]) => [start + at * minuteMs, start + (at + length) * minuteMs] as const,
        );
        const united = uniteIntervals(pauses.map(([from, to]) => ({ from, to })));
        const end = start + 5 * 1_440 * minuteMs;
        expect(usedMs(working, start, end, united)).toBe(countOpen(oracle, start, end, pauses) * minuteMs);
        const due = dueByMinutes(oracle, start, given.budget, pauses, 8 * 1_440);
        if (due !== null) expect(dueAfter(working, start, given.budget * minuteMs, united)).toBe(due);
      }),
      { numRuns: 30 },
    );
  }, 120_000);

  it('goes back what it went forward, and explains every minute', () => {
    fc.assert(
      fc.property(sample, (given) => {
        const working = workingTime(build(given).input);
        const start = given.anchor + given.startMinute * minuteMs;
        const end = working.after(start, (given.budget + 1) * minuteMs);
        if (end === null) throw new Error('a week with working time comes to an end');
        expect(working.openMs(start, end)).toBe((given.budget + 1) * minuteMs);
        const back = working.before(end, (given.budget + 1) * minuteMs) ?? Number.NaN;
        expect(working.openMs(back, end)).toBe((given.budget + 1) * minuteMs);
        expect(back).toBeGreaterThanOrEqual(start);
        const stretches = working.explain(start, end);
        expect(stretches.map(({ from }) => from)).toEqual([start, ...stretches.slice(0, -1).map(({ to }) => to)]);
        expect(stretches.at(-1)?.to).toBe(end);
        const open = stretches.filter(({ kind }) => kind === 'open').reduce((sum, { from, to }) => sum + to - from, 0);
        expect(open).toBe((given.budget + 1) * minuteMs);
      }),
      { numRuns: 150 },
    );
  });

  it('leaves out the day that never was', () => {
    // Apia went from 2011-12-29 to 2011-12-31.
    const input: CalendarInput = { zone: 'Pacific/Apia', weekly: { 'mon-sun': [['00:00', '24:00']] } };
    const start = Date.parse('2011-12-29T12:00:00Z');
    expect(workingTime(input).openMs(start, start + 86_400_000)).toBe(86_400_000);
    const office: CalendarInput = { zone: 'Pacific/Apia', weekly: { 'mon-sun': [['09:00', '10:00']] } };
    const days = 4 * 86_400_000;
    const oracle: OracleCalendar = {
      zone: 'Pacific/Apia',
      weekly: Array.from({ length: 7 }, () => [[540, 600]]),
      holidays: [],
      specialDays: {},
    };
    expect(workingTime(office).openMs(start, start + days)).toBe(countOpen(oracle, start, start + days) * minuteMs);
  });
});
