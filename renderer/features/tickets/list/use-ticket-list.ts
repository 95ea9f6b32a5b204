import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'react-redux';
import type { Row } from '../../../data/data-api.ts';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDesk, useDeskDispatch, type DeskState } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { currentTicketList, listQuery, type TicketList } from '../ticket-list.ts';
import { followCursor, windowAround } from '../../../widgets/list-window.ts';

export interface TicketListData {
  readonly list: TicketList;
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly rowAt: (index: number) => Row | undefined;
  readonly onVisible: (first: number, last: number) => void;
}

/** The rows in sight and a little around them, by position; one subscription for the whole list (D11). */
export function useTicketList(): TicketListData {
  const { actor } = useServices();
  const dispatch = useDeskDispatch();
  const store = useStore<DeskState>();
  const place = useDesk((desk) => desk.navigation.place);
  const lists = useDesk((desk) => desk.lists);
  const savedViews = useDesk((desk) => desk.savedViews);
  const list = useMemo(
    () => currentTicketList({ navigation: { place, past: [], future: [] }, lists, savedViews }, actor.id),
    [place, lists, savedViews, actor.id],
  );
  const [window, setWindow] = useState(windowAround(0, 0));
  const { result, isStale } = useWatch(listQuery(list, window.offset, window.limit));

  const onVisible = useCallback((first: number, last: number) => {
    setWindow((before) => {
      const wanted = windowAround(first, last);
      return wanted.offset === before.offset && wanted.limit === before.limit ? before : wanted;
    });
  }, []);
  const rowAt = useCallback(
    (index: number) => (result === undefined ? undefined : result.rows[index - result.offset]),
    [result],
  );

  useEffect(() => {
    if (result === undefined || isStale) return;
    // Read anew: the cursor may have moved while the rows were on their way.
    const { key, state } = currentTicketList(store.getState(), actor.id);
    const moved = followCursor(result, state.cursor, state.cursorId);
    if (moved !== null) dispatch(listsSlice.actions.movedCursor({ list: key, ...moved, keepsAnchor: false }));
  }, [result, isStale, store, dispatch, actor.id]);

  return { list, total: result?.total, rowAt, onVisible };
}
