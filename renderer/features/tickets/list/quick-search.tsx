import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { ListSearch } from '../../../widgets/list-pane.tsx';
import type { TicketList } from '../ticket-list.ts';
import { useTicketText } from '../ticket-text.ts';

export interface QuickSearchProps {
  readonly list: TicketList;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
}

/** Narrows the list by words while they are typed. Esc empties and closes it; arrow down goes into the rows. */
export function QuickSearch({ list, isOpen, onOpenChange }: QuickSearchProps): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const field = useRef<HTMLInputElement>(null);
  const { search } = list.state;
  const [typed, setTyped] = useState(search);
  const isShown = isOpen || search !== '';
  const [shownSearch, setShownSearch] = useState(`${list.key} ${search}`);
  // Another list, or a search changed from outside: the field follows.
  if (shownSearch !== `${list.key} ${search}`) {
    setShownSearch(`${list.key} ${search}`);
    setTyped(search);
  }
  useEffect(() => {
    if (isOpen) field.current?.focus();
  }, [isOpen]);

  const find = (words: string): void => {
    setTyped(words);
    dispatch(listsSlice.actions.filtered({ list: list.key, search: words }));
  };
  return (
    <ListSearch
      ref={field}
      label={text('list.search')}
      placeholder={text('list.search-hint')}
      value={typed}
      onChange={find}
      isShown={isShown}
      onClose={() => onOpenChange(false)}
      onFocus={() => onOpenChange(true)}
      onBlur={() => onOpenChange(false)}
    />
  );
}
