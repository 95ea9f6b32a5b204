import {
  Header,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from 'react-aria-components';
import { Check } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { ChoiceText } from './choice.tsx';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import styles from './popup.module.css';

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  readonly glyph?: ReactNode;
  readonly keys?: string | undefined;
  readonly isDisabled?: boolean;
  readonly isDanger?: boolean;
  /** Shows a tick; undefined for entries that are no choice. */
  readonly isChecked?: boolean;
}

export interface MenuGroup {
  readonly id: string;
  readonly title?: string;
  readonly entries: readonly MenuEntry[];
}

export interface MenuProps {
  readonly label: string;
  readonly trigger: ReactElement;
  readonly groups: readonly MenuGroup[];
  readonly onAction: (id: string) => void;
  /** Keeps the menu open after a choice, for lists of ticks. */
  readonly keepsOpen?: boolean;
}

export function Menu({ label, trigger, groups, onAction, keepsOpen }: MenuProps): ReactNode {
  const filled = groups.filter((group) => group.entries.length > 0);
  return (
    <MenuTrigger>
      {trigger}
      <Popover offset={4} className={classNames(styles, 'popover')}>
        <AriaMenu
          aria-label={label}
          onAction={(key) => onAction(String(key))}
          shouldCloseOnSelect={keepsOpen !== true}
          className={classNames(styles, 'list')}
        >
          {filled.flatMap((group, index) => [
            ...(index === 0
              ? []
              : [<Separator key={`before-${group.id}`} className={classNames(styles, 'separator')} />]),
            <MenuSection
              key={group.id}
              id={`section-${group.id}`}
              {...(group.title === undefined ? { 'aria-label': label } : {})}
            >
              {group.title === undefined ? null : (
                <Header className={classNames(styles, 'heading')}>{group.title}</Header>
              )}
              {group.entries.map((entry) => (
                <MenuItem
                  key={entry.id}
                  id={entry.id}
                  textValue={entry.label}
                  isDisabled={entry.isDisabled === true}
                  className={classNames(styles, 'item', entry.isDanger === true && 'danger')}
                >
                  <ChoiceText choice={entry} />
                  {entry.keys === undefined ? null : <Kbd keys={entry.keys} />}
                  {entry.isChecked === true ? <Check size={14} aria-hidden /> : null}
                </MenuItem>
              ))}
            </MenuSection>,
          ])}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
