import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateTargets } from '../../../../../shared/domain/service-level/evaluate-target.ts';
import { explainTarget } from '../../../../../shared/domain/service-level/explain-target.ts';
import { nextStageChange, dueStageAt } from '../../../../../shared/domain/service-level/target-stage.ts';
import { summarizeTargets } from '../../../../../shared/domain/service-level/ticket-due.ts';
import {
  countOpen,
  dueByMinutes,
  openMinutes,
  type OracleCalendar,
} from '../../../../helpers/service-level/minute-oracle.ts';
import { level, policyOf, TicketScript } from '../../../../helpers/service-level/ticket-script.ts';

const minuteMs = 60_000;
const daysOf = (day: readonly (readonly [number, number])[], weekend: readonly (readonly [number, number])[]) => [
  ...Array.from({ length: 5 }, () => day),
  weekend,
  weekend,
];
/** The sample calendars once more, in the words of the oracle. */
const calendars: Readonly<Record<string, OracleCalendar>> = {
  office: {
    zone: 'Europe/Berlin',
    weekly: daysOf(
      [
        [480, 720],
        [780, 1_020],
      ],
      [],
    ),
    holidays: ['2026-04-03', '2026-04-06', '2026-05-01', '2026-12-25'],
    specialDays: { '2026-12-24': [[480, 720]] },
  },
  always: { zone: 'Europe/Berlin', weekly: daysOf([[0, 1_440]], [[0, 1_440]]), holidays: [], specialDays: {} },
  night: { zone: 'Europe/Berlin', weekly: daysOf([[1_320, 1_800]], []), holidays: [], specialDays: {} },
};
/** How far (minutes) the oracle walks: the due time of most lies within. */
const limit = 5_000;
/** Changes of the clock, Easter, Christmas, and an ordinary week. */
const moments = ['2026-03-27', '2026-10-24', '2026-04-02', '2026-12-23', '2026-03-10'].map((day) =>
  Date.parse(`${day}T00:00:00Z`),
);
/** Holds as start and length in minutes from the opening. */
const holds = fc.array(fc.tuple(fc.nat(3_000), fc.integer({ min: 1, max: 900 })), { maxLength: 3 });
const life = fc.record({
  calendar: fc.constantFrom('office', 'always', 'night'),
  anchor: fc.constantFrom(...moments),
  startMinute: fc.nat(1_440),
  amount: fc.integer({ min: 1, max: 900 }),
  desks: fc.tuple(holds, holds),
  nowMinute: fc.nat(5_000),
});

/** Holds of one desk one after the other, as that desk can only have had them. */
function inOrder(given: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  let free = 0;
  return given
    .toSorted((left, right) => left[0] - right[0])
    .map(([start, length]) => {
      const from = Math.max(free, start);
      free = from + length + 1;
      return [from, from + length] as const;
    });
}

describe('a target', () => {
  it('is what a walk over every minute says: due, elapsed, reasons (DST, nights, holidays, pauses of two desks)', () => {
    fc.assert(
      fc.property(life, ({ calendar: name, anchor, startMinute, amount, desks, nowMinute }) => {
        const calendar = calendars[name];
        if (!calendar) throw new Error(name);
        const start = anchor + startMinute * minuteMs;
        const now = start + nowMinute * minuteMs;
        const script = new TicketScript(start).exchange('B');
        const pauses = desks.flatMap((given, index) =>
          inOrder(given).map(([from, to]) => {
            const on = index === 0 ? 'A' : 'B';
            script.hold(start + from * minuteMs, 'awaiting-vendor', { on }).work(start + to * minuteMs, { on });
            return [start + from * minuteMs, start + to * minuteMs] as const;
          }),
        );
        // What has not happened yet is not in the history.
        script.trail.splice(0, script.trail.length, ...script.trail.filter(({ at }) => at <= now));
        const happened = pauses
          .filter(([from]) => from <= now)
          .map(([from, to]) => [from, to <= now ? to : Infinity] as const);
        const history = script.history(now);
        const [state] = evaluateTargets(
          history,
          policyOf({ level: level({ calendar: name, amount, unit: 'minutes' }) }),
          now,
        );
        if (!state) throw new Error('no target');
        expect(state.elapsedMs).toBe(countOpen(calendar, start, now, happened) * minuteMs);
        const due = dueByMinutes(calendar, start, amount, happened, limit);
        if (due !== null || (state.dueAt ?? 0) < start + limit * minuteMs) expect(state.dueAt).toBe(due);
        const { segments } = explainTarget(state, history, now);
        expect(segments.reduce((sum, { countedMs }) => sum + countedMs, 0)).toBe(state.elapsedMs);
        expect(segments.map(({ from }) => from)).toEqual(
          segments.length === 0 ? [] : [start, ...segments.slice(0, -1).map(({ to }) => to)],
        );
        const open = openMinutes(calendar, start, nowMinute);
        for (const { from, kind } of segments) {
          const index = (from - start) / minuteMs;
          const paused = happened.some(([since, until]) => from >= since && from < until);
          expect(kind === 'paused').toBe(paused);
          if (!paused) expect(kind === 'open').toBe(open[index]);
        }
      }),
      { numRuns: 20 },
    );
  }, 180_000);

  it('changes its stage exactly when it says it will (the timer of the lists)', () => {
    fc.assert(
      fc.property(life, ({ calendar: name, anchor, startMinute, amount }) => {
        const start = anchor + startMinute * minuteMs;
        const policy = policyOf({ level: level({ calendar: name, amount, unit: 'minutes' }) });
        const script = new TicketScript(start);
        const at = (now: number) => summarizeTargets(evaluateTargets(script.history(now), policy, now));
        let due = at(start);
        for (let now = start, change = nextStageChange(due, now); change !== null; change = nextStageChange(due, now)) {
          expect(at(change - 1).dueStage).toBe(due.dueStage);
          expect(dueStageAt(due, change)).toBe(at(change).dueStage);
          now = change;
          due = at(now);
        }
        expect(due.dueStage).toBe('breached');
      }),
      { numRuns: 60 },
    );
  });
});
