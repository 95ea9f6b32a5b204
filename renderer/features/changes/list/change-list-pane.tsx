import { FilterX, GitPullRequestArrow, Plus } from 'lucide-react';
import { useCallback, useMemo, useRef, type ReactNode } from 'react';
import { useStore } from 'react-redux';
import { useDesk, useDeskDispatch, type DeskState } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { VirtualGrid, type GridRow } from '../../../ui/virtual-grid.tsx';
import { choiceText } from '../../../widgets/choice-text.ts';
import { ListHeader, ListPane, ListSearch } from '../../../widgets/list-pane.tsx';
import { useTimeText } from '../../../widgets/moment.tsx';
import { useRowHeight } from '../../../widgets/row-height.ts';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { TwoLineRow } from '../../../widgets/two-line-row.tsx';
import { useListActions } from '../../../widgets/use-list-actions.ts';
import { useListRows } from '../../../widgets/use-list-rows.ts';
import { changeListOf, changesScreen } from '../change-list.ts';
import { useChangeText } from '../change-text.ts';
import { PhaseGlyph, readPhase } from '../phase-chip.tsx';

interface ChangeListProps {
  readonly view: 'open' | 'all';
  /** The record pane stands beside it and follows. */
  readonly previews: boolean;
}

/** Changes by when they are planned. */
export function ChangeListPane({ view, previews }: ChangeListProps): ReactNode {
  const text = useChangeText();
  const { clock } = useTimeText();
  const dispatch = useDeskDispatch();
  const store = useStore<DeskState>();
  const lists = useDesk((desk) => desk.lists);
  const openId = useDesk((desk) => desk.navigation.place.record);
  const source = useMemo(() => changeListOf(lists, view), [lists, view]);
  const current = useCallback(() => changeListOf(store.getState().lists, view), [store, view]);
  const { total, rowAt, onVisible } = useListRows(source, current);
  const rowHeight = useRowHeight('list');
  const grid = useRef<HTMLDivElement>(null);
  const actions = useListActions({
    current,
    rowAt,
    total: total ?? 0,
    previews,
    opensOnPress: !previews,
    grid,
    rowHeight,
  });
  const { state, key } = source;
  const create = (): void => void dispatch(overlaySlice.actions.openedOverlay({ id: 'change-new' }));
  const gridRow = (index: number): GridRow | undefined => {
    const row = rowAt(index);
    if (row === undefined) return undefined;
    const { values, titles } = row;
    const phase = readPhase(values['phase']);
    const start = values['plannedStart'];
    const when = typeof start === 'number' ? clock(start) : text('change.unplanned');
    const words = choiceText(text, 'phase', phase);
    const type = choiceText(text, 'type', textValue(values, 'type'));
    const who = titles['assignee'] ?? '';
    return {
      id: row.id,
      isSelected: false,
      isCurrent: row.id === openId,
      label: [rowTitle(row), words, type, referenceOf(values), when, who].filter((part) => part !== '').join(', '),
      cells: (
        <TwoLineRow
          glyph={<PhaseGlyph phase={phase} size={16} />}
          title={rowTitle(row)}
          marks={<SyncMark isPending={row.pending} isConflict={row.conflict} />}
          reference={referenceOf(values)}
          detail={[words, type, who].filter((part) => part !== '').join(' · ')}
          end={<span>{when}</span>}
          isSelected={false}
          isChoosing={false}
        />
      ),
    };
  };
  const isSearched = state.search !== '';
  return (
    <ListPane label={text('changes.title')}>
      <ListHeader
        title={text('changes.title')}
        total={total}
        actions={
          <IconButton
            variant="primary"
            label={text('command.change-new')}
            keys="c"
            icon={<Plus size={16} />}
            onPress={create}
          />
        }
      >
        <ListSearch
          label={text('changes.search')}
          placeholder={text('changes.search')}
          value={state.search}
          onChange={(search) => dispatch(listsSlice.actions.filtered({ list: key, search }))}
        />
        <Segmented
          label={text('changes.which')}
          segments={[
            { id: 'open', label: text('changes.open') },
            { id: 'all', label: text('changes.all') },
          ]}
          value={view}
          onChange={(to) => dispatch(navigationSlice.actions.wentTo({ screen: changesScreen, view: to, record: null }))}
        />
      </ListHeader>
      {total === 0 ? (
        <EmptyState
          glyph={isSearched ? <FilterX size={22} /> : <GitPullRequestArrow size={22} />}
          title={text(isSearched ? 'changes.none-found' : 'changes.none')}
          action={
            <Button keys="c" onPress={create}>
              {text('command.change-new')}
            </Button>
          }
        >
          {text('changes.none-hint')}
        </EmptyState>
      ) : (
        <VirtualGrid
          ref={grid}
          label={text('changes.title')}
          listKey={JSON.stringify([view, state.search])}
          rowCount={total ?? 0}
          columnCount={1}
          rowHeight={rowHeight}
          rowAt={gridRow}
          cursor={(total ?? 0) > 0 ? state.cursor : -1}
          onVisible={onVisible}
          onKeyDown={actions.onKeyDown}
          onRowPress={actions.onRowPress}
          onRowOpen={actions.open}
          endPadding={8}
        />
      )}
    </ListPane>
  );
}
