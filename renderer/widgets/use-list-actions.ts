import { useCallback, type KeyboardEvent, type MouseEvent, type RefObject } from 'react';
import type { Row } from '../data/data-api.ts';
import { useServices } from '../services/services.ts';
import { useDeskDispatch } from '../store/desk-state.ts';
import { listsSlice } from '../store/lists-slice.ts';
import { navigationSlice } from '../store/navigation-slice.ts';
import { addSelected, toggleSelected, type Selection } from '../store/selection.ts';
import { readListKey } from './list-keys.ts';
import type { ListSource } from './list-source.ts';

/** How the cursor moves: with Shift the range from where it began is chosen. */
export interface Move {
  readonly to: number;
  readonly extends?: boolean;
}

export interface ListActions {
  readonly open: (index: number) => void;
  readonly choose: (selection: Selection) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onRowPress: (index: number, event: MouseEvent) => void;
}

export interface ListActionsOptions {
  readonly current: () => ListSource;
  readonly rowAt: (index: number) => Row | undefined;
  readonly total: number;
  /** The record pane stands beside it and follows the cursor. */
  readonly previews: boolean;
  /** A press on a row opens it; else it moves the cursor there. */
  readonly opensOnPress: boolean;
  readonly grid: RefObject<HTMLDivElement | null>;
  /** px. */
  readonly rowHeight: number;
}

/** Most rows a Shift range chooses at once. */
const longestRange = 2_000;

/** What keys and the pointer do in a list: move, open, choose one, a range (Shift) or by its box. */
export function useListActions(options: ListActionsOptions): ListActions {
  const { current, rowAt, total, previews, opensOnPress, grid, rowHeight } = options;
  const { data } = useServices();
  const dispatch = useDeskDispatch();

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
      const answer = await data.call('query', current().query(first, count));
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

  const onKeyDown = (event: KeyboardEvent): void => {
    const pageRows = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 1);
    const { cursor } = current().state;
    const key = readListKey(event, cursor, total, pageRows);
    if (key === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (key.kind === 'move') moveTo(key);
    else if (key.kind === 'open') open(cursor);
    else toggle(cursor);
  };
  const onRowPress = (index: number, event: MouseEvent): void => {
    const onBox = event.target instanceof Element && event.target.closest('[data-select]') !== null;
    if (event.shiftKey) moveTo({ to: index, extends: true });
    else if (onBox || event.ctrlKey || event.metaKey) toggle(index);
    else if (opensOnPress) open(index);
    else moveTo({ to: index });
  };

  return { open, choose, onKeyDown, onRowPress };
}
