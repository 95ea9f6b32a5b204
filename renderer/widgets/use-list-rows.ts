import { useCallback, useEffect, useState } from 'react';
import type { Row } from '../data/data-api.ts';
import { useWatch } from '../services/use-watch.ts';
import { useDeskDispatch } from '../store/desk-state.ts';
import { listsSlice } from '../store/lists-slice.ts';
import type { ListSource } from './list-source.ts';
import { followCursor, windowAround } from './list-window.ts';

export interface ListRows {
  /** Those that were read, in and around sight. */
  readonly rows: readonly Row[];
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly rowAt: (index: number) => Row | undefined;
  readonly onVisible: (first: number, last: number) => void;
}

const noRows: readonly Row[] = [];

/**
 * The rows in sight and a little around them, by position; one subscription for the whole list (D11). The cursor
 * follows its record when rows move. `current` reads the list anew: it may change while rows are on their way.
 */
export function useListRows(source: ListSource, current: () => ListSource): ListRows {
  const dispatch = useDeskDispatch();
  const [window, setWindow] = useState(windowAround(0, 0));
  const { result, isStale } = useWatch(source.query(window.offset, window.limit));

  const onVisible = useCallback(
    (first: number, last: number) => {
      setWindow((before) => {
        const wanted = windowAround(first, last);
        return wanted.offset === before.offset && wanted.limit === before.limit ? before : wanted;
      });
    },
    [setWindow],
  );
  const rowAt = useCallback((index: number) => result?.rows[index - result.offset], [result]);

  useEffect(() => {
    if (result === undefined || isStale) return;
    const { key, state } = current();
    const moved = followCursor(result, state.cursor, state.cursorId);
    if (moved !== null) dispatch(listsSlice.actions.movedCursor({ list: key, ...moved, keepsAnchor: false }));
  }, [result, isStale, dispatch, current]);

  return { rows: result?.rows ?? noRows, total: result?.total, rowAt, onVisible };
}
