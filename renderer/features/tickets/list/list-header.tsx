import { ArrowDownUp, Columns3, List, Plus, Search, Table2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { layoutSlice } from '../../../store/layout-slice.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { nextSort } from '../../../widgets/next-sort.ts';
import { ListHeader } from '../../../widgets/list-pane.tsx';
import { shownColumns, sortFields, ticketColumns } from '../ticket-columns.ts';
import type { TicketList } from '../ticket-list.ts';
import { useTicketText } from '../ticket-text.ts';
import { useViewTitle } from '../view-title.ts';
import { FilterBar } from './filter-bar.tsx';
import { QuickSearch } from './quick-search.tsx';

export interface TicketListHeaderProps {
  readonly list: TicketList;
  readonly total: number | undefined;
  readonly isTable: boolean;
}

export function TicketListHeader({ list, total, isTable }: TicketListHeaderProps): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const title = useViewTitle(list.key);
  const [isSearching, setSearching] = useState(false);
  const filter = listsSlice.actions.filtered;
  return (
    <ListHeader
      title={title}
      total={total}
      actions={
        <>
          <IconButton
            label={text('list.search')}
            keys="/"
            icon={<Search size={16} />}
            onPress={() => setSearching(true)}
          />
          <SortMenu list={list} />
          {isTable ? <ColumnMenu /> : null}
          <IconButton
            label={text(isTable ? 'command.show-list' : 'command.show-table')}
            keys="Mod+Shift+l"
            icon={isTable ? <List size={16} /> : <Table2 size={16} />}
            onPress={() => dispatch(layoutSlice.actions.toggledListMode())}
          />
          <NewButton isTable={isTable} />
        </>
      }
    >
      <QuickSearch list={list} isOpen={isSearching} onOpenChange={setSearching} />
      <FilterBar
        key={list.key}
        where={list.where}
        isChanged={list.state.where !== null}
        onChange={(where) => dispatch(filter({ list: list.key, where }))}
        onReset={() => dispatch(filter({ list: list.key, where: null }))}
        onSave={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'ticket-save-view' }))}
      />
    </ListHeader>
  );
}

function NewButton({ isTable }: { readonly isTable: boolean }): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const open = (): void => {
    dispatch(overlaySlice.actions.openedOverlay({ id: 'ticket-new' }));
  };
  return isTable ? (
    <Button variant="primary" keys="c" icon={<Plus size={16} />} onPress={open}>
      {text('command.new')}
    </Button>
  ) : (
    <IconButton variant="primary" label={text('command.new')} keys="c" icon={<Plus size={16} />} onPress={open} />
  );
}

function SortMenu({ list }: { readonly list: TicketList }): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  return (
    <Menu
      label={text('list.sort')}
      trigger={<IconButton label={text('list.sort')} icon={<ArrowDownUp size={16} />} />}
      groups={[
        {
          id: 'fields',
          title: text('list.sort'),
          entries: sortFields.map((field) => {
            const direction = list.sort[0]?.field === field ? list.sort[0].direction : null;
            return {
              id: field,
              label: fieldText(text, 'ticket', field),
              ...(direction === null ? {} : { detail: text(`sort.${direction}`) }),
              isChecked: direction !== null,
            };
          }),
        },
        { id: 'reset', entries: list.state.sort === null ? [] : [{ id: '$usual', label: text('sort.usual') }] },
      ]}
      onAction={(field) => {
        const sort = field === '$usual' ? null : nextSort(list.sort.slice(0, 1), field, false);
        dispatch(listsSlice.actions.sorted({ list: list.key, sort: sort === null || sort.length === 0 ? null : sort }));
      }}
    />
  );
}

function ColumnMenu(): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const chosen = useDesk((desk) => desk.layout.columns);
  const shown = shownColumns(chosen).map(({ field }) => field);
  return (
    <Menu
      label={text('table.columns')}
      keepsOpen
      trigger={<IconButton label={text('table.columns')} icon={<Columns3 size={16} />} />}
      groups={[
        {
          id: 'columns',
          entries: ticketColumns.map(({ field }) => ({
            id: field,
            label: fieldText(text, 'ticket', field),
            isChecked: shown.includes(field),
            isDisabled: field === 'title',
          })),
        },
      ]}
      onAction={(field) => {
        const columns = shown.includes(field) ? shown.filter((other) => other !== field) : [...shown, field];
        dispatch(layoutSlice.actions.changedLayout({ columns }));
      }}
    />
  );
}
