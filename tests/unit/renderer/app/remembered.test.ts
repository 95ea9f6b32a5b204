import { describe, expect, it } from 'vitest';
import { recallDesk, rememberedOf } from '../../../../renderer/app/remembered.ts';
import { appearanceSlice } from '../../../../renderer/store/appearance-slice.ts';
import { deskReducer, type DeskState } from '../../../../renderer/store/desk-state.ts';
import { labelSlice } from '../../../../renderer/store/label-slice.ts';
import { layoutSlice } from '../../../../renderer/store/layout-slice.ts';
import { listsSlice } from '../../../../renderer/store/lists-slice.ts';
import { navigationSlice } from '../../../../renderer/store/navigation-slice.ts';
import { savedViewsSlice } from '../../../../renderer/store/saved-views-slice.ts';

const start = deskReducer(undefined, { type: '@@start' });

function changed(): DeskState {
  const where = [{ field: 'state', op: 'in', values: ['new', null] }] as const;
  const sort = [{ field: 'priority', direction: 'ascending' }] as const;
  const actions = [
    layoutSlice.actions.changedLayout({ listWidth: 512, columns: ['title', 'state'] }),
    appearanceSlice.actions.changedAppearance({ theme: 'dark', zoom: 125 }),
    navigationSlice.actions.wentTo({ screen: 'tickets', view: 'all', record: 'r1' }),
    listsSlice.actions.filtered({ list: 'all', where, search: 'printer' }),
    listsSlice.actions.sorted({ list: 'all', sort }),
    labelSlice.actions.changedLabels({ format: 'dk-62', shiftX: -0.5 }),
    savedViewsSlice.actions.savedView({ id: 'v1', screen: 'tickets', name: 'Mine', where, sort }),
  ];
  return actions.reduce<DeskState>(deskReducer, start);
}

describe('what a desk remembers', () => {
  it('comes back as it was left, but for what was only passing', () => {
    const left = changed();
    const back = recallDesk(rememberedOf(left), start);
    expect(back.layout).toEqual(left.layout);
    expect(back.appearance).toEqual(left.appearance);
    expect(back.labels).toEqual({ ...left.labels, format: 'dk-62', shiftX: -0.5 });
    expect(back.navigation).toEqual({ place: left.navigation.place, past: [], future: [] });
    expect(back.savedViews).toEqual(left.savedViews);
    expect(back.lists['all']).toMatchObject({ where: left.lists['all']?.where, sort: left.lists['all']?.sort });
    expect(back.lists['all']?.search).toBe('');
  });

  it.each([null, '', 'nonsense', '[]', '7', '{"layout":7}'])('starts anew from %j', (stored) => {
    expect(recallDesk(stored, start)).toEqual(start);
  });

  it('loses only the part that is damaged', () => {
    const stored: unknown = { ...JSON.parse(rememberedOf(changed())), layout: { listWidth: 100_000 } };
    const back = recallDesk(JSON.stringify(stored), start);
    expect(back.layout).toEqual(start.layout);
    expect(back.appearance.theme).toBe('dark');
    expect(back.savedViews).toHaveLength(1);
  });
});
