import { useCallback, useMemo } from 'react';
import { useStore } from 'react-redux';
import type { HealthView } from '../../../data/impact/impact-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDesk, type DeskState } from '../../../store/desk-state.ts';
import type { ListSource } from '../../../widgets/list-source.ts';
import { useListRows, type ListRows } from '../../../widgets/use-list-rows.ts';
import { currentAssetList } from '../asset-list.ts';

export interface AssetListData extends ListRows {
  readonly source: ListSource;
  readonly current: () => ListSource;
  readonly healthOf: (id: string) => HealthView | undefined;
}

/** The rows in sight with their health. */
export function useAssetList(): AssetListData {
  const store = useStore<DeskState>();
  const lists = useDesk((desk) => desk.lists);
  const source = useMemo(() => currentAssetList(lists), [lists]);
  const current = useCallback(() => currentAssetList(store.getState().lists), [store]);
  const rows = useListRows(source, current);
  const ids = useMemo(() => rows.rows.map(({ id }) => id), [rows.rows]);
  const { result: health } = useWatch(ids.length === 0 ? null : { type: 'health', entity: 'asset', ids });
  const healthOf = useCallback((id: string) => health?.[id], [health]);
  return { ...rows, source, current, healthOf };
}
