import type { ListQuery } from '../../data/data-api.ts';
import { listOf, type FilterCondition, type SortKey } from '../../store/lists-slice.ts';
import type { DeskState } from '../../store/desk-state.ts';
import type { ListSource } from '../../widgets/list-source.ts';
import { findTicketView } from './ticket-views.ts';

/** The list on screen as the store has it: its key, filter and order. */
export interface TicketList extends ListSource {
  readonly where: readonly FilterCondition[];
  readonly sort: readonly SortKey[];
  /** What the view searches for and what is typed over it. */
  readonly search: string;
}

export function currentTicketList(
  desk: Pick<DeskState, 'navigation' | 'lists' | 'savedViews'>,
  actor: string,
): TicketList {
  const key = desk.navigation.place.view;
  const state = listOf(desk.lists, key);
  const view = findTicketView(key, actor, desk.savedViews, () => '');
  const list = {
    key,
    state,
    where: state.where ?? view.where,
    sort: state.sort ?? view.sort,
    search: `${view.search ?? ''} ${state.search}`.trim(),
  };
  return { ...list, query: (offset, limit) => listQuery(list, offset, limit) };
}

function listQuery(list: Omit<TicketList, 'query'>, offset: number, limit: number): ListQuery {
  return {
    type: 'list',
    entity: 'ticket',
    where: list.where,
    search: list.search,
    sort: list.sort,
    offset,
    limit,
  };
}
