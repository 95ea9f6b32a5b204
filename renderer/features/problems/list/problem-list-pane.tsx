import { BookOpenCheck, Bug, FilterX, Plus } from 'lucide-react';
import { useCallback, useMemo, useRef, type ReactNode } from 'react';
import { useStore } from 'react-redux';
import type { Row } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDesk, useDeskDispatch, type DeskState } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { VirtualGrid, type GridRow } from '../../../ui/virtual-grid.tsx';
import { ListHeader, ListPane, ListSearch } from '../../../widgets/list-pane.tsx';
import { useRowHeight } from '../../../widgets/row-height.ts';
import { useListActions } from '../../../widgets/use-list-actions.ts';
import { useListRows } from '../../../widgets/use-list-rows.ts';
import { problemListOf, problemsScreen, type ProblemView } from '../problem-lists.ts';
import { useProblemText } from '../problem-text.ts';
import { ProblemRow, problemRowLabel } from './problem-row.tsx';
import { ProposalsPanel } from './proposals-panel.tsx';
import styles from './view-choice.module.css';

interface ProblemListProps {
  readonly view: ProblemView;
  /** The record pane stands beside it and follows. */
  readonly previews: boolean;
}

/** Problems by priority, or known errors by name. */
export function ProblemListPane({ view, previews }: ProblemListProps): ReactNode {
  const text = useProblemText();
  const dispatch = useDeskDispatch();
  const store = useStore<DeskState>();
  const lists = useDesk((desk) => desk.lists);
  const openId = useDesk((desk) => desk.navigation.place.record);
  const source = useMemo(() => problemListOf(lists, view), [lists, view]);
  const current = useCallback(() => problemListOf(store.getState().lists, view), [store, view]);
  const { rows, total, rowAt, onVisible } = useListRows(source, current);
  const linked = useLinkedCounts(rows, view);
  const rowHeight = useRowHeight('list');
  const grid = useRef<HTMLDivElement>(null);
  const opensOnPress = !previews;
  const actions = useListActions({ current, rowAt, total: total ?? 0, previews, opensOnPress, grid, rowHeight });
  const { state, key } = source;
  const isKnownErrors = view === 'known-errors';
  const title = text(isKnownErrors ? 'known-errors.title' : 'problems.title');
  const newLabel = text(isKnownErrors ? 'command.known-error-new' : 'command.problem-new');
  const create = (): void =>
    void dispatch(overlaySlice.actions.openedOverlay({ id: isKnownErrors ? 'known-error-new' : 'problem-new' }));

  const gridRow = (index: number): GridRow | undefined => {
    const row = rowAt(index);
    if (row === undefined) return undefined;
    const count = linked?.[row.id] ?? 0;
    return {
      id: row.id,
      isSelected: false,
      isCurrent: row.id === openId,
      label: problemRowLabel(text, row, count),
      cells: <ProblemRow row={row} linked={count} />,
    };
  };
  const isSearched = state.search !== '';
  return (
    <ListPane label={title}>
      <ListHeader
        title={title}
        total={total}
        actions={<IconButton variant="primary" label={newLabel} keys="c" icon={<Plus size={16} />} onPress={create} />}
      >
        <ListSearch
          label={text('problems.search')}
          placeholder={text('problems.search')}
          value={state.search}
          onChange={(search) => dispatch(listsSlice.actions.filtered({ list: key, search }))}
        />
        {isKnownErrors ? null : (
          <div className={classNames(styles, 'choice')}>
            <Segmented
              label={text('problems.which')}
              segments={[
                { id: 'open', label: text('problems.open') },
                { id: 'all', label: text('problems.all') },
              ]}
              value={view}
              onChange={(to) =>
                dispatch(navigationSlice.actions.wentTo({ screen: problemsScreen, view: to, record: null }))
              }
            />
          </div>
        )}
      </ListHeader>
      {isKnownErrors ? null : <ProposalsPanel />}
      {total === 0 ? (
        <EmptyState
          glyph={isSearched ? <FilterX size={22} /> : isKnownErrors ? <BookOpenCheck size={22} /> : <Bug size={22} />}
          title={text(isSearched ? 'problems.none-found' : isKnownErrors ? 'known-errors.none' : 'problems.none')}
          action={
            isSearched ? (
              <Button onPress={() => dispatch(listsSlice.actions.filtered({ list: key, search: '' }))}>
                {text('action.clear')}
              </Button>
            ) : (
              <Button keys="c" onPress={create}>
                {newLabel}
              </Button>
            )
          }
        >
          {isSearched ? null : text(isKnownErrors ? 'known-errors.none-hint' : 'problems.none-hint')}
        </EmptyState>
      ) : (
        <VirtualGrid
          ref={grid}
          label={title}
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

/** How many incidents each problem in sight has. */
function useLinkedCounts(rows: readonly Row[], view: ProblemView): Readonly<Record<string, number>> | undefined {
  const of = useMemo(
    () => Object.fromEntries(rows.map(({ id }) => [id, [{ field: 'problem', op: 'in', values: [id] } as const]])),
    [rows],
  );
  const isAsked = view !== 'known-errors' && rows.length > 0;
  return useWatch(isAsked ? { type: 'counts', entity: 'ticket', of } : null).result;
}
