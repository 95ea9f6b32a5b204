import { Search, X } from 'lucide-react';
import type { CSSProperties, KeyboardEvent, ReactNode, Ref } from 'react';
import { useIntl } from 'react-intl';
import { useText } from '../services/text.ts';
import { IconButton } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { focusTarget } from './focus-target.ts';
import styles from './list-pane.module.css';

export interface ListPaneProps {
  readonly label: string;
  /** Rows in columns, on the surface of the sheet. */
  readonly isTable?: boolean;
  readonly style?: CSSProperties;
  readonly children: ReactNode;
}

/** The pane of a list: header, rows, bulk bar. */
export function ListPane({ label, isTable = false, style, children }: ListPaneProps): ReactNode {
  return (
    <section
      aria-label={label}
      data-pane="list"
      className={classNames(styles, 'pane', isTable && 'table')}
      {...(style === undefined ? {} : { style })}
    >
      {children}
    </section>
  );
}

export interface ListHeaderProps {
  readonly title: string;
  /** Undefined until it is known. */
  readonly total: number | undefined;
  /** Buttons at its end. */
  readonly actions: ReactNode;
  /** Search and filters below. */
  readonly children?: ReactNode;
}

/** What the list is, how many there are, and what narrows it. */
export function ListHeader({ title, total, actions, children }: ListHeaderProps): ReactNode {
  const intl = useIntl();
  return (
    <header className={classNames(styles, 'header')}>
      <div className={classNames(styles, 'top')}>
        <h2 className={classNames(styles, 'title')}>
          <bdi>{title}</bdi>
        </h2>
        <span className={classNames(styles, 'count')} aria-live="polite">
          {total === undefined ? '' : intl.formatNumber(total)}
        </span>
        <span className={classNames(styles, 'space')} />
        {actions}
      </div>
      {children}
    </header>
  );
}

export interface ListSearchProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (words: string) => void;
  /** Always there for the key `/`, which looks for it by its mark; unseen until it has the focus. */
  readonly isShown?: boolean;
  readonly onClose?: () => void;
  readonly onFocus?: () => void;
  readonly onBlur?: () => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** Narrows the list by words while they are typed. Esc empties it; arrow down and Enter go into the rows. */
export function ListSearch(props: ListSearchProps): ReactNode {
  const { label, placeholder, value, onChange, isShown = true, onClose, onFocus, onBlur, ref } = props;
  const text = useText();
  const close = (): void => {
    onChange('');
    onClose?.();
    focusTarget('list');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown' || event.key === 'Enter') focusTarget('list');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={isShown ? classNames(styles, 'search') : 'visually-hidden'}>
      <Search size={14} aria-hidden />
      <input
        ref={ref}
        type="search"
        dir="auto"
        data-focus="search"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        onFocus={onFocus}
        onBlur={onBlur}
      />
      {isShown && (value !== '' || onClose !== undefined) ? (
        <IconButton size="small" label={text('action.clear')} icon={<X size={14} />} onPress={close} />
      ) : null}
    </div>
  );
}
