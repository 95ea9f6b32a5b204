import {
  Autocomplete,
  Dialog,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { useRef, type ReactNode } from 'react';
import { CheckMark } from './checkbox.tsx';
import { ChoiceText, type Choice } from './choice.tsx';
import { classNames } from './class-names.ts';
import { uniqueById } from './unique-by-id.ts';
import styles from './multi-pick.module.css';
import popup from './popup.module.css';

export interface CountedChoice extends Choice {
  readonly count?: number;
}

export interface MultiPickProps {
  readonly label: string;
  readonly searchLabel: string;
  readonly emptyText: string;
  /** What it floats beside; it opens the list by `onOpenChange`. */
  readonly trigger: ReactNode;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  /** At most about 300: more than that nobody reads, and the list would be slow. */
  readonly choices: readonly CountedChoice[];
  readonly selected: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Any number out of a list, with a search field; stays open until the person is done. */
export function MultiPick(props: MultiPickProps): ReactNode {
  const { contains } = useFilter({ sensitivity: 'base' });
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} className={classNames(styles, 'anchor')}>
        {props.trigger}
      </span>
      <Popover
        triggerRef={anchor}
        isOpen={props.isOpen}
        onOpenChange={props.onOpenChange}
        offset={4}
        placement="bottom start"
        className={classNames(popup, 'popover')}
      >
        <Dialog aria-label={props.label} className={classNames(styles, 'dialog')}>
          <Autocomplete filter={contains}>
            <SearchField aria-label={props.searchLabel} autoFocus className={classNames(styles, 'search')}>
              <Input placeholder={props.searchLabel} className={classNames(styles, 'input')} />
            </SearchField>
            <ListBox
              aria-label={props.label}
              items={uniqueById(props.choices)}
              selectionMode="multiple"
              selectedKeys={props.selected}
              onSelectionChange={(keys) => {
                if (keys !== 'all') props.onChange([...keys].map(String));
              }}
              renderEmptyState={() => <div className={classNames(popup, 'empty')}>{props.emptyText}</div>}
              className={classNames(popup, 'list')}
            >
              {(choice: CountedChoice) => (
                <ListBoxItem id={choice.id} textValue={choice.label} className={classNames(popup, 'item')}>
                  {({ isSelected }) => (
                    <>
                      <CheckMark isSelected={isSelected} />
                      <ChoiceText choice={choice} />
                      {choice.count === undefined ? null : (
                        <span className={classNames(styles, 'count')}>{choice.count}</span>
                      )}
                    </>
                  )}
                </ListBoxItem>
              )}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Popover>
    </>
  );
}
