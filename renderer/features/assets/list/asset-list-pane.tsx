import { FilterX, Network, Plus } from 'lucide-react';
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { VirtualGrid, type GridRow } from '../../../ui/virtual-grid.tsx';
import { readListKey } from '../../../widgets/list-keys.ts';
import { useRowHeight } from '../../../widgets/row-height.ts';
import { assetList } from '../asset-list.ts';
import { useAssetText } from '../asset-text.ts';
import { AssetFilters } from './asset-filters.tsx';
import { AssetRow, assetRowLabel } from './asset-row.tsx';
import { useAssetList } from './use-asset-list.ts';
import styles from './asset-list-pane.module.css';

/** Every asset in use, narrowed by words and filters. `previews`: the asset pane stands beside it and follows. */
export function AssetListPane({ previews }: { readonly previews: boolean }): ReactNode {
  const text = useAssetText();
  const intl = useIntl();
  const dispatch = useDeskDispatch();
  const { state, total, rowAt, healthOf, onVisible } = useAssetList();
  const openId = useDesk((desk) => desk.navigation.place.record);
  const rowHeight = useRowHeight('list');
  const grid = useRef<HTMLDivElement>(null);
  const isNarrowed = state.where !== null || state.search !== '';

  const gridRow = (index: number): GridRow | undefined => {
    const row = rowAt(index);
    if (row === undefined) return undefined;
    const health = healthOf(row.id)?.state;
    return {
      id: row.id,
      isSelected: false,
      isCurrent: row.id === openId,
      label: assetRowLabel(text, row, health),
      cells: <AssetRow row={row} health={health} />,
    };
  };
  const moveTo = (index: number): void => {
    const cursor = Math.max(0, Math.min((total ?? 0) - 1, index));
    const id = rowAt(cursor)?.id ?? null;
    dispatch(listsSlice.actions.movedCursor({ list: assetList, cursor, id }));
    if (previews && id !== null) dispatch(navigationSlice.actions.showedRecord(id));
  };
  const open = (index: number): void => {
    const id = rowAt(index)?.id;
    if (id !== undefined) dispatch(navigationSlice.actions.openedRecord(id));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const pageRows = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight) - 1);
    const key = readListKey(event, state.cursor, total ?? 0, pageRows);
    if (key === null || key.kind === 'toggle') return;
    event.preventDefault();
    event.stopPropagation();
    if (key.kind === 'move') moveTo(key.to);
    else open(state.cursor);
  };
  const create = (): void => void dispatch(overlaySlice.actions.openedOverlay({ id: 'asset-new' }));

  return (
    <section aria-label={text('assets.title')} data-pane="list" className={classNames(styles, 'pane')}>
      <header className={classNames(styles, 'header')}>
        <div className={classNames(styles, 'top')}>
          <h2 className={classNames(styles, 'title')}>{text('assets.title')}</h2>
          <span className={classNames(styles, 'count')} aria-live="polite">
            {total === undefined ? '' : intl.formatNumber(total)}
          </span>
          <span className={classNames(styles, 'space')} />
          <IconButton
            variant="primary"
            label={text('command.asset-new')}
            keys="c"
            icon={<Plus size={16} />}
            onPress={create}
          />
        </div>
        <AssetFilters state={state} />
      </header>
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
          listKey={JSON.stringify([state.where, state.search])}
          rowCount={total ?? 0}
          columnCount={1}
          rowHeight={rowHeight}
          rowAt={gridRow}
          cursor={(total ?? 0) > 0 ? state.cursor : -1}
          onVisible={onVisible}
          onKeyDown={onKeyDown}
          onRowPress={(index) => (previews ? moveTo(index) : open(index))}
          onRowOpen={open}
          endPadding={8}
        />
      )}
    </section>
  );
}
