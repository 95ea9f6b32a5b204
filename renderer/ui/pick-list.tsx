import {
  Autocomplete,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  Dialog,
  SearchField,
} from 'react-aria-components';
import { Search } from 'lucide-react';
import type { ReactNode } from 'react';
import { ChoiceText, type Choice } from './choice.tsx';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import styles from './pick-list.module.css';
import popup from './popup.module.css';

export interface PickEntry extends Choice {
  readonly keys?: string | undefined;
}

export interface PickGroup {
  readonly id: string;
  readonly title?: string;
  readonly entries: readonly PickEntry[];
}

export interface PickListProps {
  /** Names the dialog, e.g. "Assign INC0001". */
  readonly label: string;
  readonly placeholder: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  /** What matches `text`; the caller searches. Ids must be unique over all groups. */
  readonly groups: readonly PickGroup[];
  readonly emptyText: string;
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
  readonly footer?: ReactNode;
}

/** Type, arrow, Enter: the palette and every picker opened by a key. Focus stays in the field. */
export function PickList(props: PickListProps): ReactNode {
  const seen = new Set<string>();
  const groups = props.groups
    .map((group) => ({ ...group, entries: group.entries.filter((entry) => !seen.has(entry.id) && seen.add(entry.id)) }))
    .filter((group) => group.entries.length > 0);
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(isOpen) => {
        if (!isOpen) props.onClose();
      }}
      className={classNames(styles, 'overlay')}
    >
      <Modal className={classNames(styles, 'modal')}>
        <Dialog aria-label={props.label} className={classNames(styles, 'dialog')}>
          <Autocomplete inputValue={props.text} onInputChange={props.onText}>
            <SearchField aria-label={props.label} autoFocus className={classNames(styles, 'field')}>
              <Search size={16} aria-hidden />
              <Input dir="auto" placeholder={props.placeholder} className={classNames(styles, 'input')} />
            </SearchField>
            {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- the wheel must not be the only way to scroll (WCAG 2.1.1) */}
            <div role="group" aria-label={props.label} tabIndex={0} className={classNames(popup, 'list')}>
              <ListBox
                aria-label={props.label}
                selectionMode="none"
                onAction={(key) => props.onPick(String(key))}
                renderEmptyState={() => <div className={classNames(popup, 'empty')}>{props.emptyText}</div>}
                className={classNames(styles, 'entries')}
              >
                {groups.map((group) => (
                  <ListBoxSection
                    key={group.id}
                    id={`section-${group.id}`}
                    {...(group.title === undefined ? { 'aria-label': props.label } : {})}
                  >
                    {group.title === undefined ? null : (
                      <Header className={classNames(popup, 'heading')}>{group.title}</Header>
                    )}
                    {group.entries.map((entry) => (
                      <ListBoxItem
                        key={entry.id}
                        id={entry.id}
                        textValue={entry.label}
                        className={classNames(popup, 'item')}
                      >
                        <ChoiceText choice={entry} />
                        {entry.keys === undefined ? null : <Kbd keys={entry.keys} />}
                      </ListBoxItem>
                    ))}
                  </ListBoxSection>
                ))}
              </ListBox>
            </div>
            {props.footer}
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
