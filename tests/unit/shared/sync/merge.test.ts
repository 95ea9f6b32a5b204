import { describe, expect, it } from 'vitest';
import {
  applyWrite,
  compareHeads,
  isSettled,
  joinRecordStates,
  parentsOf,
  type Stamp,
} from '../../../../shared/sync/merge.ts';
import type { Dot, FieldValue, Write } from '../../../../shared/sync/operation.ts';
import type { RecordState } from '../../../../shared/sync/record-state.ts';

const none = (): boolean => false;
const holding =
  (...dots: readonly Dot[]) =>
  (dot: Dot): boolean =>
    dots.includes(dot);
const stamp = (dot: Dot, ms = 1): Stamp => ({ dot, ms, counter: 0 });
const write = (fields: Record<string, FieldValue>, parents: Record<string, readonly Dot[]> = {}): Write => ({
  entity: 'ticket',
  id: 't1',
  fields,
  parents,
});
const dotsOf = (state: RecordState, field: string): readonly Dot[] =>
  state.fields[field]?.heads.map((head) => head.dot) ?? [];

describe('applyWrite', () => {
  const first = applyWrite(undefined, write({ title: 'a' }), stamp('A:1'), none);

  it('starts a record with one head', () => {
    expect(first).toEqual({
      entity: 'ticket',
      id: 't1',
      fields: { title: { heads: [{ dot: 'A:1', ms: 1, counter: 0, value: 'a' }] } },
    });
  });

  it('replaces the heads named as parents and keeps the others', () => {
    const both = applyWrite(first, write({ title: 'b' }), stamp('B:1', 2), holding('A:1'));
    expect(dotsOf(both, 'title')).toEqual(['B:1', 'A:1']);
    expect(
      dotsOf(
        applyWrite(both, write({ title: 'c' }, { title: ['A:1', 'B:1'] }), stamp('C:1'), holding('A:1', 'B:1')),
        'title',
      ),
    ).toEqual(['C:1']);
  });

  it('remembers a parent that has not arrived, and drops it when it does', () => {
    const early = applyWrite(undefined, write({ title: 'b' }, { title: ['A:1'] }), stamp('B:1'), none);
    expect(early.fields['title']?.gone).toEqual(['A:1']);
    const late = applyWrite(early, write({ title: 'a' }), stamp('A:1'), holding('B:1'));
    expect(late.fields['title']).toEqual({ heads: [expect.objectContaining({ dot: 'B:1' })] });
  });

  it('does not wait for a parent that was applied and replaced before', () => {
    const second = applyWrite(first, write({ title: 'b' }, { title: ['A:1'] }), stamp('B:1'), holding('A:1'));
    const third = applyWrite(second, write({ title: 'c' }, { title: ['A:1'] }), stamp('C:1'), holding('A:1', 'B:1'));
    expect(third.fields['title']?.gone).toBeUndefined();
    expect(dotsOf(third, 'title')).toEqual(['C:1', 'B:1']);
  });

  it('changes nothing when the operation is held already', () => {
    expect(applyWrite(first, write({ title: 'z' }), stamp('A:1'), holding('A:1'))).toBe(first);
  });

  it('does not mutate, and shares what it does not touch', () => {
    const before = JSON.stringify(first);
    const next = applyWrite(first, write({ state: 'new' }), stamp('A:2'), holding('A:1'));
    expect(JSON.stringify(first)).toBe(before);
    expect(next.fields['title']).toBe(first.fields['title']);
  });

  it('keeps fields named like members of every object apart', () => {
    const hostile = Object.fromEntries([
      ['__proto__', 'p'],
      ['constructor', 'c'],
      ['toString', 't'],
    ]);
    const state = applyWrite(undefined, write(hostile), stamp('A:1'), none);
    expect(Object.keys(state.fields).sort()).toEqual(['__proto__', 'constructor', 'toString']);
    const parents = parentsOf(state, ['__proto__', 'hasOwnProperty', 'constructor']);
    expect(Object.entries(parents)).toEqual([
      ['__proto__', ['A:1']],
      ['constructor', ['A:1']],
    ]);
  });
});

describe('compareHeads', () => {
  it('orders by time, then counter, then device, then sequence, greatest first', () => {
    const stamps: Stamp[] = [
      { dot: 'A:9', ms: 1, counter: 0 },
      { dot: 'A:10', ms: 1, counter: 0 },
      { dot: 'B:1', ms: 1, counter: 0 },
      { dot: 'A:1', ms: 1, counter: 1 },
      { dot: 'A:2', ms: 2, counter: 0 },
    ];
    expect(stamps.sort(compareHeads).map((each) => each.dot)).toEqual(['A:2', 'A:1', 'B:1', 'A:10', 'A:9']);
  });
});

describe('joinRecordStates', () => {
  const base = applyWrite(undefined, write({ title: 'a' }), stamp('A:1'), none);
  const left = applyWrite(base, write({ title: 'b' }, { title: ['A:1'] }), stamp('B:1'), holding('A:1'));
  const right = applyWrite(base, write({ title: 'c' }), stamp('C:1'), holding('A:1'));

  it('drops what the other side replaced and keeps what it has not seen', () => {
    const joined = joinRecordStates(left, holding('A:1', 'B:1'), right, holding('A:1', 'C:1'));
    expect(dotsOf(joined, 'title')).toEqual(['C:1', 'B:1']);
  });

  it('honours dots that one side knows as replaced and the other still shows', () => {
    const early = applyWrite(undefined, write({ title: 'b' }, { title: ['A:1'] }), stamp('B:1'), none);
    const joined = joinRecordStates(early, holding('B:1'), base, holding('A:1'));
    expect(joined.fields['title']).toEqual({ heads: [expect.objectContaining({ dot: 'B:1' })] });
  });
});

describe('isSettled', () => {
  it('is false while heads compete or a parent is awaited', () => {
    const first = applyWrite(undefined, write({ title: 'a' }), stamp('A:1'), none);
    expect(isSettled(first)).toBe(true);
    expect(isSettled(applyWrite(first, write({ title: 'b' }), stamp('B:1'), holding('A:1')))).toBe(false);
    expect(isSettled(applyWrite(undefined, write({ title: 'b' }, { title: ['A:1'] }), stamp('B:1'), none))).toBe(false);
  });
});
