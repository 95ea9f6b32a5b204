import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  conflictsOf,
  findConflicts,
  type PlacedChange,
} from '../../../../../shared/domain/change-schedule/find-conflicts.ts';
import { findFreeSlots, slotsAtMost, slotStepMs } from '../../../../../shared/domain/change-schedule/free-slots.ts';
import { occurrencesOf } from '../../../../../shared/domain/change-schedule/occurrences.ts';
import type {
  Conflict,
  ConflictKind,
  ScheduleWindow,
} from '../../../../../shared/domain/change-schedule/planned-change.ts';
import { allChecks, scriptSchedule } from '../../../../helpers/change-schedule.ts';

const graph = scriptSchedule('DB1 > APP1 > Service A; HV1 > Service A; HV2 > Service A; DB2 > Service B');
const kinds = (conflicts: readonly Conflict[]) => conflicts.map(({ kind }) => kind);
const between = (one: PlacedChange, other: PlacedChange, checks: ReadonlySet<ConflictKind> = allChecks) =>
  kinds(conflictsOf(one, [other], [], checks));

describe('conflicts of two changes', () => {
  const c1 = graph.place('C1', 22, 24, ['DB1']);

  it('same and related configuration items, both ways; what begins when the other ends is none', () => {
    const c2 = graph.place('C2', 23, 25, ['APP1']);
    expect([between(c1, c2), between(c2, c1)]).toEqual([['related-item'], ['related-item']]);
    expect(between(c1, graph.place('C4', 23, 25, ['DB1']))).toEqual(['same-item']);
    expect(between(c1, graph.place('C3', 24, 26, ['DB1']))).toEqual([]);
    expect(between(c1, graph.place('C5', 23, 25, ['DB2']))).toEqual([]);
  });

  it('two halves of a redundancy meet in the service they carry', () => {
    expect(between(graph.place('a', 0, 2, ['HV1']), graph.place('b', 1, 3, ['HV2']))).toEqual(['service']);
  });

  it('one person at two places', () => {
    const [a, b] = [graph.place('a', 0, 2, ['DB1'], { owner: 'p' }), graph.place('b', 1, 3, ['DB2'], { owner: 'p' })];
    expect(between(a, b)).toEqual(['owner']);
  });

  it('each check can be switched off', () => {
    const c2 = graph.place('C2', 23, 25, ['APP1']);
    expect(between(c1, c2, new Set<ConflictKind>(['same-item', 'owner']))).toEqual([]);
  });
});

describe('windows', () => {
  const conflicts = (placed: PlacedChange, ...windows: readonly ScheduleWindow[]) =>
    kinds(conflictsOf(placed, [], windows, allChecks));

  it('a blackout holds for all, or for an item, what it stands on, what stands on it, and its services', () => {
    const change = graph.place('c', 5, 7, ['APP1']);
    for (const covers of [null, ['APP1'], ['DB1'], ['Service A']])
      expect(conflicts(change, graph.window('blackout', 6, 9, covers))).toEqual(['blackout']);
    expect(conflicts(change, graph.window('blackout', 6, 9, ['DB2']))).toEqual([]);
    expect(conflicts(change, graph.window('blackout', 7, 9, null))).toEqual([]);
  });

  it('a change lies within the maintenance window of each of its items that has one', () => {
    const own = graph.window('maintenance-window', 4, 8, ['DB1']);
    expect(conflicts(graph.place('c', 4, 8, ['DB1', 'DB2']), own)).toEqual([]);
    expect(conflicts(graph.place('c', 4, 9, ['DB1']), own)).toEqual(['outside-window']);
    expect(conflicts(graph.place('c', 4, 9, ['DB2']), own)).toEqual([]);
    expect(conflicts(graph.place('c', 4, 9, ['DB2']), graph.window('maintenance-window', 4, 8, null))).toEqual([
      'outside-window',
    ]);
  });
});

const quarter = slotStepMs;
const hours = (from: number, length: number) => ({ from: from * quarter, to: (from + length) * quarter });
const items = ['DB1', 'APP1', 'HV1', 'HV2', 'DB2'];
const anyChange = fc.record({
  at: fc.nat(60),
  length: fc.integer({ min: 1, max: 12 }),
  items: fc.subarray(items, { minLength: 0, maxLength: 2 }),
  owner: fc.constantFrom('', 'p', 'q'),
});
const anyWindow = fc.record({
  kind: fc.constantFrom<ScheduleWindow['kind']>('blackout', 'maintenance-window'),
  at: fc.nat(60),
  length: fc.integer({ min: 1, max: 30 }),
  covers: fc.option(fc.subarray(items, { minLength: 1, maxLength: 2 })),
});
const placeAll = (given: readonly { at: number; length: number; items: string[]; owner: string }[]) =>
  given.map(({ at, length, items: of, owner }, index) => {
    const { from, to } = hours(at, length);
    return graph.place(`c${index}`, from, to, of, { owner });
  });

describe('against an oracle that looks at every pair and every quarter of an hour', () => {
  it('the sweep finds what looking at every pair finds', () => {
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 12 }), fc.array(anyWindow, { maxLength: 4 }), (given, rules) => {
        const placed = placeAll(given);
        const windows = rules.map(({ kind, at, length, covers }) => {
          const { from, to } = hours(at, length);
          return graph.window(kind, from, to, covers);
        });
        const found = findConflicts(placed, windows, allChecks);
        const sorted = (list: readonly Conflict[]) => list.map((each) => JSON.stringify(each)).toSorted();
        for (const each of placed)
          expect(sorted(found.get(each.change.id) ?? [])).toEqual(
            sorted(conflictsOf(each, placed, windows, allChecks)),
          );
      }),
    );
  });

  it('a free slot has no conflict, and the first quarter without one is suggested', () => {
    fc.assert(
      fc.property(
        anyChange,
        fc.array(anyChange, { maxLength: 8 }),
        fc.array(anyWindow, { maxLength: 3 }),
        (wanted, given, rules) => {
          const [own] = placeAll([wanted]);
          if (own === undefined) return;
          const others = placeAll(given).map((each) => ({
            ...each,
            change: { ...each.change, id: `o-${each.change.id}` },
          }));
          const windows = rules.map(({ kind, at, length, covers }) => {
            const { from, to } = hours(at, length);
            return graph.window(kind, from, to, covers);
          });
          const isFree = (from: number) => {
            const length = own.change.to - own.change.from;
            return (
              conflictsOf({ ...own, change: { ...own.change, from, to: from + length } }, others, windows, allChecks)
                .length === 0
            );
          };
          const slots = findFreeSlots(own, others, windows, allChecks, 0).map(({ from }) => from);
          const tried = Array.from({ length: 96 }, (_, step) => step * quarter);
          const beginnings = tried.filter((from) => isFree(from) && (from === 0 || !isFree(from - quarter)));
          // A stretch may begin where one just as long ends: that begins no stretch of its own for the oracle.
          expect(beginnings.filter((from) => !slots.includes(from))).toEqual([]);
          expect(slots.filter((from) => !isFree(from))).toEqual([]);
          expect(slots.length).toBeLessThanOrEqual(slotsAtMost);
        },
      ),
    );
  });
});

describe('occurrences', () => {
  const at = (text: string) => Date.parse(text);
  const bounds = { from: at('2026-01-01T00:00Z'), to: at('2027-06-01T00:00Z') };

  it('once, in the wall clock of its zone', () => {
    const times = {
      timeZone: 'Europe/Berlin',
      startsAt: '2026-12-20T00:00',
      endsAt: '2027-01-02T00:00',
      recurrence: null,
    };
    expect(occurrencesOf(times, bounds)).toEqual([{ from: at('2026-12-19T23:00Z'), to: at('2027-01-01T23:00Z') }]);
  });

  it('again and again at the same wall time on both sides of a change of the clock', () => {
    const times = {
      timeZone: 'Europe/Berlin',
      startsAt: '2026-03-21T22:00',
      endsAt: '2026-03-22T04:00',
      recurrence: 'FREQ=WEEKLY;BYDAY=SA;COUNT=3',
    };
    expect(
      occurrencesOf(times, bounds).map(({ from, to }) => [new Date(from).toISOString(), (to - from) / 3_600_000]),
    ).toEqual([
      ['2026-03-21T21:00:00.000Z', 6],
      // The night of the change of the clock is an hour shorter.
      ['2026-03-28T21:00:00.000Z', 5],
      ['2026-04-04T20:00:00.000Z', 6],
    ]);
  });

  it('the last day of each month; nothing of a rule that cannot be read', () => {
    const times = {
      timeZone: 'UTC',
      startsAt: '2026-01-31T20:00',
      endsAt: '2026-02-01T00:00',
      recurrence: 'FREQ=MONTHLY;BYMONTHDAY=-1',
    };
    const found = occurrencesOf(times, { from: at('2026-02-01T00:00Z'), to: at('2026-05-01T00:00Z') });
    expect(found.map(({ from }) => new Date(from).toISOString().slice(0, 10))).toEqual([
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
    ]);
    expect(occurrencesOf({ ...times, recurrence: 'nonsense' }, bounds)).toEqual([]);
  });
});
