import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { listsSlice } from '../../../store/lists-slice.ts';
import { IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { focusTarget } from '../../../widgets/focus-target.ts';
import type { TicketList } from '../ticket-list.ts';
import { useTicketText } from '../ticket-text.ts';
import styles from './list-header.module.css';

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
  const close = (): void => {
    find('');
    onOpenChange(false);
    focusTarget('list');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown' || event.key === 'Enter') focusTarget('list');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // Always there for the key `/`, which looks for it by its mark; it shows itself when it is focused.
  return (
    <div className={isShown ? classNames(styles, 'search') : 'visually-hidden'}>
      <Search size={14} aria-hidden />
      <input
        ref={field}
        type="search"
        dir="auto"
        data-focus="search"
        aria-label={text('list.search')}
        placeholder={text('list.search-hint')}
        value={typed}
        onChange={(event) => find(event.target.value)}
        onKeyDown={onKeyDown}
        onFocus={() => onOpenChange(true)}
        onBlur={() => onOpenChange(false)}
      />
      {isShown ? <IconButton size="small" label={text('action.clear')} icon={<X size={14} />} onPress={close} /> : null}
    </div>
  );
}
