import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListResult } from '../../../../../renderer/data/data-api.ts';
import { dayEnd, dayStart, toDayInput } from '../../../../../renderer/features/tickets/list/day-range.ts';
import { withCondition } from '../../../../../renderer/features/tickets/list/filter-fields.ts';
import { readListKey } from '../../../../../renderer/widgets/list-keys.ts';
import { followCursor, windowAround } from '../../../../../renderer/widgets/list-window.ts';
import { shownColumns } from '../../../../../renderer/features/tickets/ticket-columns.ts';
import { nextSort } from '../../../../../renderer/widgets/next-sort.ts';
import { findTicketView } from '../../../../../renderer/features/tickets/ticket-views.ts';

function resultOf(ids: readonly string[], offset = 0): ListResult {
  const rows = ids.map((id) => ({ id, values: {}, titles: {}, updatedAt: 0, pending: false, conflict: false }));
  return { total: offset + ids.length, offset, rows };
}

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false };

describe('keys in the list', () => {
  it('never leave the rows, whatever is pressed', () => {
    const key = fc.constantFrom('ArrowDown', 'ArrowUp', 'Home', 'End', 'PageDown', 'PageUp');
    fc.assert(
      fc.property(
        key,
        fc.integer({ min: 1, max: 50 }),
        fc.nat(49),
        fc.integer({ min: 1, max: 20 }),
        (pressed, total, at, page) => {
          const read = readListKey({ ...plain, key: pressed }, Math.min(at, total - 1), total, page);
          expect(read?.kind).toBe('move');
          if (read?.kind === 'move') expect(read.to >= 0 && read.to < total).toBe(true);
        },
      ),
    );
  });

  it('mean what they say', () => {
    const read = (key: string, more = {}) => readListKey({ ...plain, key, ...more }, 10, 100, 15);
    expect(read('ArrowDown')).toEqual({ kind: 'move', to: 11, extends: false });
    expect(read('ArrowUp', { shiftKey: true })).toEqual({ kind: 'move', to: 9, extends: true });
    expect(read('PageDown')).toEqual({ kind: 'move', to: 25, extends: false });
    expect(read('End')).toEqual({ kind: 'move', to: 99, extends: false });
    expect(read('Enter')).toEqual({ kind: 'open' });
    expect(read(' ')).toEqual({ kind: 'toggle' });
    expect(read('j')).toBeNull();
    expect(read('ArrowDown', { ctrlKey: true })).toBeNull();
  });
});

describe('the window of rows', () => {
  it('covers what is in sight and changes seldom', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100), (first, length) => {
        const { offset, limit } = windowAround(first, first + length);
        expect(offset <= first && offset + limit > first + length).toBe(true);
      }),
    );
    expect(windowAround(100, 120)).toEqual(windowAround(101, 121));
  });
});

describe('the cursor', () => {
  it('goes with its record when rows move', () => {
    expect(followCursor(resultOf(['c', 'a', 'b']), 0, 'a')).toEqual({ cursor: 1, id: 'a' });
    expect(followCursor(resultOf(['a', 'b']), 0, 'a')).toBeNull();
  });

  it('stays in its place when its record leaves, on the record that is there now', () => {
    expect(followCursor(resultOf(['a', 'c', 'd']), 1, 'b')).toEqual({ cursor: 1, id: 'c' });
    expect(followCursor(resultOf(['a']), 1, 'b')).toEqual({ cursor: 0, id: 'a' });
    expect(followCursor(resultOf([]), 3, 'b')).toEqual({ cursor: 0, id: null });
  });
});

describe('sorting by headers', () => {
  it('goes through ascending, descending and none', () => {
    const once = nextSort([], 'priority', false);
    const twice = nextSort(once, 'priority', false);
    expect(once).toEqual([{ field: 'priority', direction: 'ascending' }]);
    expect(twice).toEqual([{ field: 'priority', direction: 'descending' }]);
    expect(nextSort(twice, 'priority', false)).toEqual([]);
  });

  it('keeps the others with Shift and drops them without', () => {
    const both = nextSort(nextSort([], 'priority', false), 'title', true);
    expect(both.map(({ field }) => field)).toEqual(['priority', 'title']);
    expect(nextSort(both, 'title', true)[1]).toEqual({ field: 'title', direction: 'descending' });
    expect(nextSort(both, 'state', false)).toEqual([{ field: 'state', direction: 'ascending' }]);
  });

  it('always shows the title', () => {
    expect(shownColumns([]).map(({ field }) => field)).toEqual(['title']);
  });
});

describe('days of a filter', () => {
  it('come back from the instants they stand for', () => {
    for (const day of ['2026-01-01', '2026-03-29', '2026-10-25', '2024-02-29']) {
      expect(toDayInput(dayStart(day))).toBe(day);
      expect(toDayInput((dayEnd(day) ?? 0) - 1)).toBe(day);
    }
  });

  it('are nothing while half typed', () => {
    for (const day of ['', '2026', '2026-1-1', 'yesterday']) expect(dayStart(day)).toBeUndefined();
  });
});

describe('filters and views', () => {
  it('replace, add and take away one condition', () => {
    const one = { field: 'state', op: 'in', values: ['new'] } as const;
    const other = { field: 'queue', op: 'in', values: [null] } as const;
    expect(withCondition([one], 'queue', other)).toEqual([one, other]);
    expect(withCondition([one, other], 'state', { ...one, values: ['closed'] })[0]).toEqual({
      ...one,
      values: ['closed'],
    });
    expect(withCondition([one, other], 'state', null)).toEqual([other]);
  });

  it('fall back to all open tickets when a view is gone', () => {
    expect(findTicketView('saved:gone', 'me', [], () => '').id).toBe('all-open');
    expect(findTicketView('queue:', 'me', [], () => 'No queue').where).toContainEqual({
      field: 'queue',
      op: 'in',
      values: [null],
    });
  });
});
