import { listOf, type ListsState } from '../../store/lists-slice.ts';
import type { ListSource } from '../../widgets/list-source.ts';

export const changesScreen = 'changes';
/** Views of the screen; the first is where it opens. */
export const changeViews = ['open', 'all', 'calendar', 'cab'] as const;
export type ChangeScreenView = (typeof changeViews)[number];

export function readView(view: string): ChangeScreenView {
  return changeViews.find((each) => each === view) ?? 'open';
}

/** The list of a view: what it asks for and where the store keeps how it stands. */
export function changeListOf(lists: ListsState, view: ChangeScreenView): ListSource {
  const key = `changes/${view}`;
  const state = listOf(lists, key);
  const open = { field: 'phase', op: 'not-in', values: ['closed', 'canceled'] } as const;
  return {
    key,
    state,
    query: (offset, limit) => ({
      type: 'list',
      entity: 'change',
      where: [...(view === 'open' ? [open] : []), ...(state.where ?? [])],
      search: state.search,
      sort: [{ field: 'plannedStart', direction: view === 'open' ? 'ascending' : 'descending' }],
      offset,
      limit,
    }),
  };
}
