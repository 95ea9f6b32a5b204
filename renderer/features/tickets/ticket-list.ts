import type { ListQuery } from '../../data/data-api.ts';
import { listOf, type FilterCondition, type ListState, type SortKey } from '../../store/lists-slice.ts';
import type { DeskState } from '../../store/desk-state.ts';
import { findTicketView } from './ticket-views.ts';

/** The list on screen as the store has it: its key, filter and order. */
export interface TicketList {
  readonly key: string;
  readonly state: ListState;
  readonly where: readonly FilterCondition[];
  readonly sort: readonly SortKey[];
}

export function currentTicketList(
  desk: Pick<DeskState, 'navigation' | 'lists' | 'savedViews'>,
  actor: string,
): TicketList {
  const key = desk.navigation.place.view;
  const state = listOf(desk.lists, key);
  const view = findTicketView(key, actor, desk.savedViews, () => '');
  return { key, state, where: state.where ?? view.where, sort: state.sort ?? view.sort };
}

export function listQuery(list: TicketList, offset: number, limit: number): ListQuery {
  return {
    type: 'list',
    entity: 'ticket',
    where: list.where,
    search: list.state.search,
    sort: list.sort,
    offset,
    limit,
  };
}
