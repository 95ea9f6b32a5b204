import type { Condition } from '../../data/data-api.ts';
import { listOf, type ListsState } from '../../store/lists-slice.ts';
import type { ListSource } from '../../widgets/list-source.ts';

export const problemsScreen = 'problems';

/** Views of the screen; the first is where it opens. */
export const problemViews = ['open', 'all', 'known-errors'] as const;
export type ProblemView = (typeof problemViews)[number];

export function readView(view: string): ProblemView {
  return problemViews.find((each) => each === view) ?? 'open';
}

const isOpen: Condition = { field: 'state', op: 'not-in', values: ['resolved', 'closed'] };
const inUse: Condition = { field: 'active', op: 'not-in', values: ['false'] };

/** The list of a view: what it asks for and where the store keeps how it stands. */
export function problemListOf(lists: ListsState, view: ProblemView): ListSource {
  const key = `problems/${view}`;
  const state = listOf(lists, key);
  const isKnownErrors = view === 'known-errors';
  return {
    key,
    state,
    query: (offset, limit) => ({
      type: 'list',
      entity: isKnownErrors ? 'known-error' : 'problem',
      where: [...(isKnownErrors ? [inUse] : view === 'open' ? [isOpen] : []), ...(state.where ?? [])],
      search: state.search,
      sort: isKnownErrors
        ? [{ field: 'name', direction: 'ascending' }]
        : [
            { field: 'priority', direction: 'ascending' },
            { field: 'openedAt', direction: 'descending' },
          ],
      offset,
      limit,
    }),
  };
}
