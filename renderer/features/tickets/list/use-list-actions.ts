import { useCallback } from 'react';
import { useStore } from 'react-redux';
import type { Row } from '../../../data/data-api.ts';
import { useServices } from '../../../services/services.ts';
import { useDeskDispatch, type DeskState } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { addSelected, toggleSelected, type Selection } from '../../../store/selection.ts';
import { currentTicketList, listQuery } from '../ticket-list.ts';

/** How the cursor moves: with Shift the range from where it began is chosen. */
export interface Move {
  readonly to: number;
  readonly extends?: boolean;
}

export interface ListActions {
  readonly moveTo: (move: Move) => void;
  readonly open: (index: number) => void;
  readonly toggle: (index: number) => void;
  readonly choose: (selection: Selection) => void;
}

/** Most rows a Shift range chooses at once. */
const longestRange = 2_000;

/** What keys and the pointer do in the list. `previews`: the record pane stands beside it and follows the cursor. */
export function useListActions(
  rowAt: (index: number) => Row | undefined,
  total: number,
  previews: boolean,
): ListActions {
  const { data, actor } = useServices();
  const dispatch = useDeskDispatch();
  const store = useStore<DeskState>();
  const current = useCallback(() => currentTicketList(store.getState(), actor.id), [store, actor.id]);

  const choose = useCallback(
    (selection: Selection) => dispatch(listsSlice.actions.selected({ list: current().key, selection })),
    [dispatch, current],
  );

  const chooseRange = useCallback(
    async (from: number, to: number): Promise<void> => {
      const first = Math.min(from, to);
      const count = Math.min(longestRange, Math.abs(to - from) + 1);
      const near = Array.from({ length: count }, (_, step) => rowAt(first + step)?.id);
      const known = near.filter((id) => id !== undefined);
      if (known.length === count) {
        choose(addSelected(current().state.selection, known));
        return;
      }
      const answer = await data.call('query', listQuery(current(), first, count));
      if (answer !== null && typeof answer === 'object' && 'rows' in answer && Array.isArray(answer.rows))
        choose(
          addSelected(
            current().state.selection,
            answer.rows.map(({ id }) => id),
          ),
        );
    },
    [rowAt, choose, current, data],
  );

  const moveTo = useCallback(
    ({ to, extends: isRange = false }: Move) => {
      if (total === 0) return;
      const list = current();
      const cursor = Math.max(0, Math.min(total - 1, to));
      const id = rowAt(cursor)?.id ?? null;
      dispatch(listsSlice.actions.movedCursor({ list: list.key, cursor, id, keepsAnchor: isRange }));
      if (isRange) void chooseRange(list.state.anchor ?? list.state.cursor, cursor);
      else if (previews && id !== null) dispatch(navigationSlice.actions.showedRecord(id));
    },
    [total, current, rowAt, dispatch, previews, chooseRange],
  );

  const open = useCallback(
    (index: number) => {
      const id = rowAt(index)?.id;
      if (id === undefined) return;
      dispatch(listsSlice.actions.movedCursor({ list: current().key, cursor: index, id }));
      dispatch(navigationSlice.actions.openedRecord(id));
    },
    [rowAt, dispatch, current],
  );

  const toggle = useCallback(
    (index: number) => {
      const id = rowAt(index)?.id;
      if (id !== undefined) choose(toggleSelected(current().state.selection, id));
    },
    [rowAt, choose, current],
  );

  return { moveTo, open, toggle, choose };
}
