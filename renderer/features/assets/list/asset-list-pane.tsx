import { FilterX, Network, Plus } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { countSelected, emptySelection, isSelected } from '../../../store/selection.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { VirtualGrid, type GridRow } from '../../../ui/virtual-grid.tsx';
import { BulkBar, bulkBarRoom } from '../../../widgets/bulk-bar.tsx';
import { ListHeader, ListPane } from '../../../widgets/list-pane.tsx';
import { useRowHeight } from '../../../widgets/row-height.ts';
import { useListActions } from '../../../widgets/use-list-actions.ts';
import { assetList } from '../asset-list.ts';
import { useAssetText } from '../asset-text.ts';
import { AssetFilters } from './asset-filters.tsx';
import { AssetSortMenu } from './asset-sort-menu.tsx';
import { AssetRow, assetRowLabel } from './asset-row.tsx';
import { useAssetList } from './use-asset-list.ts';

const bulkActions = [
  { id: 'asset-status', key: 'bulk.asset-status', keys: 's' },
  { id: 'asset-assign', key: 'bulk.asset-assign', keys: 'a' },
  { id: 'asset-site', key: 'bulk.asset-site', keys: 'w' },
  { id: 'asset-labels', key: 'bulk.asset-labels', keys: 'l' },
] as const;

/** Every asset in use, narrowed by words and filters. `previews`: the asset pane stands beside it and follows. */
export function AssetListPane({ previews }: { readonly previews: boolean }): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const { source, current, total, rowAt, healthOf, onVisible } = useAssetList();
  const { state } = source;
  const openId = useDesk((desk) => desk.navigation.place.record);
  const rowHeight = useRowHeight('list');
  const grid = useRef<HTMLDivElement>(null);
  const opensOnPress = !previews;
  const actions = useListActions({ current, rowAt, total: total ?? 0, previews, opensOnPress, grid, rowHeight });
  const chosen = countSelected(state.selection, total ?? 0);
  const isNarrowed = state.where !== null || state.search !== '';

  const gridRow = (index: number): GridRow | undefined => {
    const row = rowAt(index);
    if (row === undefined) return undefined;
    const health = healthOf(row.id)?.state;
    return {
      id: row.id,
      isSelected: isSelected(state.selection, row.id),
      isCurrent: row.id === openId,
      label: assetRowLabel(text, row, health),
      cells: (
        <AssetRow row={row} health={health} isSelected={isSelected(state.selection, row.id)} isChoosing={chosen > 0} />
      ),
    };
  };
  const create = (): void => void dispatch(overlaySlice.actions.openedOverlay({ id: 'asset-new' }));

  return (
    <ListPane label={text('assets.title')}>
      <ListHeader
        title={text('assets.title')}
        total={total}
        actions={
          <>
            <AssetSortMenu state={state} />
            <IconButton
              variant="primary"
              label={text('command.asset-new')}
              keys="c"
              icon={<Plus size={16} />}
              onPress={create}
            />
          </>
        }
      >
        <AssetFilters state={state} />
      </ListHeader>
      {total === 0 ? (
        <EmptyState
          glyph={isNarrowed ? <FilterX size={22} /> : <Network size={22} />}
          title={text(isNarrowed ? 'assets.none-found' : 'assets.none')}
          action={
            isNarrowed ? (
              <Button
                onPress={() => dispatch(listsSlice.actions.filtered({ list: assetList, where: null, search: '' }))}
              >
                {text('assets.reset')}
              </Button>
            ) : (
              <Button keys="c" onPress={create}>
                {text('command.asset-new')}
              </Button>
            )
          }
        >
          {text(isNarrowed ? 'assets.none-found-hint' : 'assets.none-hint')}
        </EmptyState>
      ) : (
        <VirtualGrid
          ref={grid}
          label={text('assets.title')}
          listKey={JSON.stringify([state.where, state.search, state.sort])}
          rowCount={total ?? 0}
          columnCount={1}
          rowHeight={rowHeight}
          rowAt={gridRow}
          cursor={(total ?? 0) > 0 ? state.cursor : -1}
          onVisible={onVisible}
          onKeyDown={actions.onKeyDown}
          onRowPress={actions.onRowPress}
          onRowOpen={actions.open}
          endPadding={chosen > 0 ? bulkBarRoom : 8}
        />
      )}
      {chosen > 0 ? (
        <BulkBar
          label={text('bulk.assets')}
          actions={bulkActions.map(({ id, key, keys }) => ({ id, label: text(key), keys }))}
          count={chosen}
          isWide={false}
          onClear={() => actions.choose(emptySelection)}
        />
      ) : null}
    </ListPane>
  );
}
