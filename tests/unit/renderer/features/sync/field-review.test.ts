import { describe, expect, it } from 'vitest';
import type { ConflictHead, FieldConflict } from '../../../../../renderer/data/sync-api.ts';
import type { Dot } from '../../../../../shared/sync/operation.ts';
import {
  conflictKey,
  reviewField,
  shownValueOf,
  valueByDigit,
} from '../../../../../renderer/features/sync/conflicts/field-review.ts';

function head(dot: Dot, value: ConflictHead['value'], change: Partial<ConflictHead> = {}): ConflictHead {
  return { dot, value, at: 1_000, user: '', userName: '', device: 'P7QX2M4KWA', own: false, shown: false, ...change };
}

function conflict(change: Partial<FieldConflict>): FieldConflict {
  return { field: 'state', class: 'guarded', base: 'new', heads: [], ...change };
}

describe('a field in review', () => {
  const theirs = head('P:1', 'on-hold', { at: 9_000, shown: true });
  const older = head('R:1', 'resolved', { at: 2_000 });
  const own = head('K:1', 'in-progress', { at: 1_000, own: true });

  it('gives the key 1 to the own value, the next to the newest of the others, 0 to the value before', () => {
    const review = reviewField('ticket', conflict({ heads: [older, theirs, own] }));
    expect([0, 1, 2, 3, 4].map((digit) => valueByDigit(review, digit))).toEqual([
      'new',
      'in-progress',
      'on-hold',
      'resolved',
      undefined,
    ]);
  });

  it('knows no value before where the field was empty', () => {
    const review = reviewField('ticket', conflict({ base: null, heads: [theirs, own] }));
    expect(valueByDigit(review, 0)).toBeUndefined();
  });

  it('takes a value of null as a value: the field was emptied', () => {
    const review = reviewField('ticket', conflict({ field: 'assignee', heads: [head('P:1', null), own] }));
    expect(valueByDigit(review, 2)).toBeNull();
  });

  it('proposes a merge for texts only, and an edit for what is written in words', () => {
    const texts = { base: 'a\nb', heads: [head('P:1', 'a\nB'), head('K:1', 'A\nb', { own: true })] };
    const description = reviewField('ticket', conflict({ field: 'description', class: 'text', ...texts }));
    expect(description.merged).toEqual({ text: 'A\nB', overlaps: 0 });
    expect(description.maxLength).toBe(32_000);
    const title = reviewField('ticket', conflict({ field: 'title', class: 'register', ...texts }));
    expect([title.merged, title.maxLength]).toEqual([null, 200]);
    const state = reviewField('ticket', conflict({ heads: [theirs, own] }));
    expect([state.merged, state.maxLength]).toEqual([null, null]);
  });

  it('keeps every text when more than two were written, and both when one side emptied the field', () => {
    const heads = [head('P:1', 'a\nB'), head('R:1', 'a\nb\nc'), head('K:1', 'A\nb', { own: true })];
    const three = reviewField('ticket', conflict({ field: 'description', class: 'text', base: 'a\nb', heads }));
    expect(three.merged?.text).toBe('A\nB\nc');
    const emptied = [head('P:1', null), head('K:1', 'a new text', { own: true })];
    const two = reviewField(
      'ticket',
      conflict({ field: 'description', class: 'text', base: 'a text', heads: emptied }),
    );
    expect(two.merged?.text).toContain('a new text');
  });

  it('offers to keep a record that was deleted, not to delete it', () => {
    const deletion = conflict({
      field: '$deleted',
      class: 'register',
      base: null,
      heads: [head('P:1', true), head('K:1', null, { own: true, shown: true })],
    });
    const review = reviewField('ticket', deletion);
    expect(review.isDeletion).toBe(true);
    expect([0, 1, 2].map((digit) => valueByDigit(review, digit))).toEqual([undefined, null, undefined]);
    expect(shownValueOf(deletion)).toBeNull();
  });

  it('is another one when its values are others, whatever their order', () => {
    const one = conflictKey('t', conflict({ heads: [theirs, own] }));
    expect(conflictKey('t', conflict({ heads: [own, theirs] }))).toBe(one);
    expect(conflictKey('t', conflict({ heads: [own, head('P:2', 'on-hold')] }))).not.toBe(one);
  });
});
