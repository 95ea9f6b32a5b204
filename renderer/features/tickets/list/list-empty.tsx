import { CircleCheckBig, FilterX, Inbox } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import type { TicketList } from '../ticket-list.ts';
import { useTicketText } from '../ticket-text.ts';

/** Why the list is empty, and the next step: loosen the filter, or make the first ticket. */
export function ListEmpty({ list }: { readonly list: TicketList }): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  if (list.state.where !== null || list.state.search !== '') {
    return (
      <EmptyState
        glyph={<FilterX size={22} />}
        title={text('empty.filtered')}
        action={
          <Button onPress={() => dispatch(listsSlice.actions.filtered({ list: list.key, where: null, search: '' }))}>
            {text('filter.reset')}
          </Button>
        }
      >
        {text('empty.filtered-hint')}
      </EmptyState>
    );
  }
  const isMine = list.key === 'my-work';
  return (
    <EmptyState
      glyph={isMine ? <CircleCheckBig size={22} /> : <Inbox size={22} />}
      title={text(isMine ? 'empty.my-work' : 'empty.view')}
      action={
        <Button keys="c" onPress={() => dispatch(overlaySlice.actions.openedOverlay({ id: 'ticket-new' }))}>
          {text('command.new')}
        </Button>
      }
    >
      {text(isMine ? 'empty.my-work-hint' : 'empty.view-hint')}
    </EmptyState>
  );
}
