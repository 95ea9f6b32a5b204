import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appearanceSlice, initialAppearance } from '../../../../renderer/store/appearance-slice.ts';
import { layoutSlice } from '../../../../renderer/store/layout-slice.ts';
import { initialNavigation, navigationSlice } from '../../../../renderer/store/navigation-slice.ts';
import { initialSeen, isUnread, seenSlice } from '../../../../renderer/store/seen-slice.ts';
import {
  addSelected,
  countSelected,
  emptySelection,
  isSelected,
  toggleSelected,
  type Selection,
} from '../../../../renderer/store/selection.ts';
import { initialUndo, undoSlice } from '../../../../renderer/store/undo-slice.ts';

const id = fc.constantFrom<string>('a', 'b', 'c', 'd');
const selection: fc.Arbitrary<Selection> = fc.oneof(
  fc.record({ kind: fc.constant('some' as const), ids: fc.uniqueArray(id) }),
  fc.record({ kind: fc.constant('all' as const), except: fc.uniqueArray(id) }),
);

describe('selection', () => {
  it('toggling twice changes nothing, toggling once changes one', () => {
    fc.assert(
      fc.property(selection, id, (chosen, one) => {
        const toggled = toggleSelected(chosen, one);
        expect(isSelected(toggled, one)).toBe(!isSelected(chosen, one));
        expect(Math.abs(countSelected(toggled, 4) - countSelected(chosen, 4))).toBe(1);
        const back = toggleSelected(toggled, one);
        for (const each of ['a', 'b', 'c', 'd']) expect(isSelected(back, each)).toBe(isSelected(chosen, each));
      }),
    );
  });

  it('adding makes all of them chosen and leaves the others', () => {
    fc.assert(
      fc.property(selection, fc.array(id), (chosen, added) => {
        const after = addSelected(chosen, added);
        for (const each of ['a', 'b', 'c', 'd']) {
          expect(isSelected(after, each)).toBe(added.includes(each) || isSelected(chosen, each));
        }
      }),
    );
  });

  it('starts empty', () => {
    expect(countSelected(emptySelection, 4)).toBe(0);
  });
});

describe('navigation', () => {
  const { reducer, actions } = navigationSlice;
  const all = { screen: 'tickets', view: 'all', record: null };

  it('goes back to where it was and forward again', () => {
    const moved = [actions.wentTo(all), actions.openedRecord('r1')].reduce(reducer, initialNavigation);
    const back = reducer(reducer(moved, actions.wentBack()), actions.wentBack());
    expect(back.place).toEqual(initialNavigation.place);
    expect(reducer(reducer(back, actions.wentForward()), actions.wentForward()).place).toEqual({
      ...all,
      record: 'r1',
    });
  });

  it('counts a walk through a list as one step', () => {
    const walked = ['r1', 'r2', 'r3']
      .map(actions.showedRecord)
      .reduce(reducer, reducer(undefined, actions.wentTo(all)));
    expect(walked.place.record).toBe('r3');
    expect(reducer(walked, actions.wentBack()).place).toEqual(all);
  });

  it('closes the record when the table is asked for', () => {
    const opened = reducer(undefined, actions.openedRecord('r1'));
    expect(reducer(opened, layoutSlice.actions.toggledListMode()).place.record).toBeNull();
  });
});

describe('undo', () => {
  const { reducer, actions } = undoSlice;
  const first = { dots: ['A:1'], label: 'one' } as const;
  const second = { dots: ['A:2'], label: 'two' } as const;

  it('moves a step to the other side by the operation that took it back, and again', () => {
    const done = [actions.did(first), actions.did(second)].reduce(reducer, initialUndo);
    const undone = reducer(done, actions.undid({ step: second.dots, by: { dots: ['A:3'], label: 'two' } }));
    expect(undone).toEqual({ done: [first], undone: [{ dots: ['A:3'], label: 'two' }] });
    const redone = reducer(undone, actions.redid({ step: ['A:3'], by: { dots: ['A:4'], label: 'two' } }));
    expect(redone).toEqual({ done: [first, { dots: ['A:4'], label: 'two' }], undone: [] });
  });

  it('forgets what could be done again once something else is done', () => {
    const undone = reducer(
      reducer(initialUndo, actions.did(first)),
      actions.undid({ step: first.dots, by: { dots: ['A:2'], label: 'one' } }),
    );
    expect(reducer(undone, actions.did(second)).undone).toEqual([]);
  });
});

describe('what was seen', () => {
  const { reducer, actions } = seenSlice;

  it('is read until it changes later', () => {
    const seen = reducer(reducer(initialSeen, actions.startedSeeing(100)), actions.saw({ ids: ['a'], at: 200 }));
    expect(isUnread(seen, 'a', 200)).toBe(false);
    expect(isUnread(seen, 'a', 201)).toBe(true);
    expect(isUnread(seen, 'b', 100)).toBe(false);
    expect(isUnread(seen, 'b', 101)).toBe(true);
  });

  it('never turns something unread again when it forgets old entries', () => {
    // Ten records at a time, each ten at a later moment.
    const ids = Array.from({ length: 4_000 }, (_, index) => `r${index}`);
    const timeOf = (index: number): number => 1_000 + Math.floor(index / 10);
    let seen = initialSeen;
    for (let at = 0; at < ids.length; at += 10) {
      seen = reducer(seen, actions.saw({ ids: ids.slice(at, at + 10), at: timeOf(at) }));
    }
    expect(Object.keys(seen.at).length).toBeLessThan(4_000);
    expect(ids.filter((each, index) => isUnread(seen, each, timeOf(index)))).toEqual([]);
  });
});

describe('zoom', () => {
  it('stays within 50 and 200 percent and comes back', () => {
    const { reducer, actions } = appearanceSlice;
    const far = Array.from({ length: 20 }, () => actions.zoomed('in')).reduce(reducer, initialAppearance);
    const near = Array.from({ length: 20 }, () => actions.zoomed('out')).reduce(reducer, initialAppearance);
    expect([far.zoom, near.zoom, reducer(near, actions.zoomed('reset')).zoom]).toEqual([200, 50, 100]);
  });
});
