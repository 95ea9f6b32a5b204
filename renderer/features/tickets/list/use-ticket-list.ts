import { useCallback, useMemo } from 'react';
import { useStore } from 'react-redux';
import { useServices } from '../../../services/services.ts';
import { useDesk, type DeskState } from '../../../store/desk-state.ts';
import { useListRows, type ListRows } from '../../../widgets/use-list-rows.ts';
import { currentTicketList, type TicketList } from '../ticket-list.ts';

export interface TicketListData extends ListRows {
  readonly list: TicketList;
  readonly current: () => TicketList;
}

/** The list of the view a person is at, and its rows in sight. */
export function useTicketList(): TicketListData {
  const { actor } = useServices();
  const store = useStore<DeskState>();
  const place = useDesk((desk) => desk.navigation.place);
  const lists = useDesk((desk) => desk.lists);
  const savedViews = useDesk((desk) => desk.savedViews);
  const list = useMemo(
    () => currentTicketList({ navigation: { place, past: [], future: [] }, lists, savedViews }, actor.id),
    [place, lists, savedViews, actor.id],
  );
  const current = useCallback(() => currentTicketList(store.getState(), actor.id), [store, actor.id]);
  return { ...useListRows(list, current), list, current };
}
