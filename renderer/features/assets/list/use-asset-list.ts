import { useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'react-redux';
import type { Row } from '../../../data/data-api.ts';
import type { HealthView } from '../../../data/impact/impact-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDesk, useDeskDispatch, type DeskState } from '../../../store/desk-state.ts';
import { listsSlice, type ListState } from '../../../store/lists-slice.ts';
import { followCursor, windowAround } from '../../../widgets/list-window.ts';
import { assetList, assetQuery, currentAssetList } from '../asset-list.ts';

export interface AssetListData {
  readonly state: ListState;
  /** Undefined until the first answer. */
  readonly total: number | undefined;
  readonly rowAt: (index: number) => Row | undefined;
  readonly healthOf: (id: string) => HealthView | undefined;
  readonly onVisible: (first: number, last: number) => void;
}

/** The rows in sight with their health; the cursor follows its asset when rows move. */
export function useAssetList(): AssetListData {
  const dispatch = useDeskDispatch();
  const store = useStore<DeskState>();
  const lists = useDesk((desk) => desk.lists);
  const state = currentAssetList(lists);
  const [window, setWindow] = useState(windowAround(0, 0));
  const { result, isStale } = useWatch(assetQuery(state, window.offset, window.limit));
  const ids = useMemo(() => (result?.rows ?? []).map(({ id }) => id), [result]);
  const { result: health } = useWatch(ids.length === 0 ? null : { type: 'health', entity: 'asset', ids });

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
  const healthOf = useCallback((id: string) => health?.[id], [health]);

  useEffect(() => {
    if (result === undefined || isStale) return;
    const { cursor, cursorId } = currentAssetList(store.getState().lists);
    const moved = followCursor(result, cursor, cursorId);
    if (moved !== null) dispatch(listsSlice.actions.movedCursor({ list: assetList, ...moved, keepsAnchor: false }));
  }, [result, isStale, store, dispatch]);

  return { state, total: result?.total, rowAt, healthOf, onVisible };
}
