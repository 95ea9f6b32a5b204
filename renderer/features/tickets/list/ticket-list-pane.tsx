import { useCallback, useRef, type CSSProperties, type ReactNode } from 'react';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { isUnread } from '../../../store/seen-slice.ts';
import { countSelected, emptySelection, isSelected } from '../../../store/selection.ts';
import { VirtualGrid, type GridRow } from '../../../ui/virtual-grid.tsx';
import { BulkBar, bulkBarRoom } from '../../../widgets/bulk-bar.tsx';
import { usePresence } from '../../../widgets/editing-mark.tsx';
import { ListPane } from '../../../widgets/list-pane.tsx';
import { nextSort } from '../../../widgets/next-sort.ts';
import { useRowHeight } from '../../../widgets/row-height.ts';
import { useListActions } from '../../../widgets/use-list-actions.ts';
import { shownColumns } from '../ticket-columns.ts';
import { useTicketText } from '../ticket-text.ts';
import { ListEmpty } from './list-empty.tsx';
import { TicketListHeader } from './list-header.tsx';
import { rowLabel } from './row-label.ts';
import { TicketCells } from './ticket-cells.tsx';
import { TicketRow } from './ticket-row.tsx';
import { TicketTableHeader } from './ticket-table-header.tsx';
import { useTicketList } from './use-ticket-list.ts';

const bulkActions = [
  { id: 'ticket-assign', key: 'bulk.assign', keys: 'a' },
  { id: 'ticket-state', key: 'bulk.state', keys: 's' },
  { id: 'ticket-priority', key: 'bulk.priority', keys: 'p' },
  { id: 'ticket-comment', key: 'bulk.comment', keys: 'm' },
] as const;

/** The list of the current view: its header, its rows (two-line or table), what is chosen in it. */
export function TicketListPane({
  isTable,
  previews,
}: {
  readonly isTable: boolean;
  readonly previews: boolean;
}): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const { list, current, total, rowAt, onVisible } = useTicketList();
  const openId = useDesk((desk) => desk.navigation.place.record);
  const seen = useDesk((desk) => desk.seen);
  const presence = usePresence();
  const chosenColumns = useDesk((desk) => desk.layout.columns);
  const columns = shownColumns(chosenColumns);
  const rowHeight = useRowHeight(isTable ? 'table' : 'list');
  const grid = useRef<HTMLDivElement>(null);
  const opensOnPress = !previews && !isTable;
  const actions = useListActions({ current, rowAt, total: total ?? 0, previews, opensOnPress, grid, rowHeight });
  const { selection, cursor } = list.state;
  const chosen = countSelected(selection, total ?? 0);

  const gridRow = useCallback(
    (index: number): GridRow | undefined => {
      const row = rowAt(index);
      if (row === undefined) return undefined;
      const shown = {
        row,
        isUnread: isUnread(seen, row.id, row.updatedAt),
        isSelected: isSelected(selection, row.id),
        present: presence.get(row.id),
      };
      return {
        id: row.id,
        isSelected: shown.isSelected,
        isCurrent: row.id === openId,
        label: rowLabel(text, row, shown.isUnread, shown.present),
        cells: isTable ? (
          <TicketCells {...shown} columns={columns} />
        ) : (
          <TicketRow {...shown} isChoosing={chosen > 0} />
        ),
      };
    },
    [rowAt, seen, selection, openId, text, isTable, columns, chosen, presence],
  );

  const sortBy = (field: string, adds: boolean): void => {
    const sort = nextSort(list.sort, field, adds);
    dispatch(listsSlice.actions.sorted({ list: list.key, sort: sort.length === 0 ? null : sort }));
  };

  return (
    <ListPane
      label={text('list.pane')}
      isTable={isTable}
      style={{ '--ticket-columns': columnTemplate(columns) } as CSSProperties}
    >
      <TicketListHeader list={list} total={total} isTable={isTable} />
      {total === 0 ? (
        <ListEmpty list={list} />
      ) : (
        <VirtualGrid
          ref={grid}
          label={text('list.rows')}
          listKey={`${list.key} ${JSON.stringify([list.where, list.sort, list.search])}`}
          rowCount={total ?? 0}
          columnCount={isTable ? columns.length + 2 : 1}
          rowHeight={rowHeight}
          rowAt={gridRow}
          cursor={(total ?? 0) > 0 ? cursor : -1}
          onVisible={onVisible}
          onKeyDown={actions.onKeyDown}
          onRowPress={actions.onRowPress}
          onRowOpen={actions.open}
          endPadding={chosen > 0 ? bulkBarRoom : 8}
          {...(isTable
            ? {
                header: (
                  <TicketTableHeader
                    columns={columns}
                    sort={list.sort}
                    onSort={sortBy}
                    selected={chosen === 0 ? 'none' : chosen === total ? 'all' : 'some'}
                    onSelectAll={(all) => actions.choose(all ? { kind: 'all', except: [] } : emptySelection)}
                  />
                ),
              }
            : {})}
        />
      )}
      {chosen > 0 ? (
        <BulkBar
          label={text('bulk.label')}
          actions={bulkActions.map(({ id, key, keys }) => ({ id, label: text(key), keys }))}
          count={chosen}
          isWide={isTable}
          onClear={() => actions.choose(emptySelection)}
        />
      ) : null}
    </ListPane>
  );
}

function columnTemplate(columns: ReturnType<typeof shownColumns>): string {
  const tracks = columns.map(({ width, grow }) => (grow === true ? `minmax(${width}px, 1fr)` : `${width}px`));
  return ['36px', ...tracks, '40px'].join(' ');
}
