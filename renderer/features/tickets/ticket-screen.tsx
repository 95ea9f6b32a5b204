import type { ReactNode } from 'react';
import { useDesk } from '../../store/desk-state.ts';
import { ListAndRecord } from '../../widgets/list-and-record.tsx';
import { TicketListPane } from './list/ticket-list-pane.tsx';
import { RecordPane } from './record/record-pane.tsx';

/** List and ticket side by side; a table, or a narrow window, shows one of them. */
export function TicketScreen(): ReactNode {
  const { listMode, isListHidden } = useDesk((desk) => desk.layout);
  const isTable = listMode === 'table';
  return (
    <ListAndRecord
      renderList={(previews) => <TicketListPane isTable={isTable} previews={previews} />}
      renderRecord={(isPage) => <RecordPane isPage={isPage} />}
      isSingle={isTable}
      isListHidden={isListHidden}
    />
  );
}
