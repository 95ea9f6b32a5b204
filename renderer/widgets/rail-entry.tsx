import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import styles from './rail-entry.module.css';

export interface RailEntryProps {
  readonly name: string;
  /** When it says more than the name. */
  readonly title?: string;
  readonly glyph: ReactNode;
  readonly isFolded: boolean;
  readonly isHere?: boolean;
  /** A saved view among others: its glyph takes the accent while it is the one in sight. */
  readonly isView?: boolean;
  readonly onPress: () => void;
  /** Counts and marks after the name. */
  readonly children?: ReactNode;
}

/** One place to go to in the rail: glyph and name, or the glyph alone while the rail is folded. */
export function RailEntry(props: RailEntryProps): ReactNode {
  const { name, title = name, glyph, isFolded, isHere = false, isView = false, onPress, children } = props;
  return (
    <button
      type="button"
      title={title}
      aria-current={isHere ? 'page' : undefined}
      className={classNames(styles, 'entry', isHere && 'current', isView && 'view', isFolded && 'folded')}
      onClick={onPress}
    >
      {glyph}
      <bdi className={isFolded ? 'visually-hidden' : classNames(styles, 'name')}>{name}</bdi>
      {children}
    </button>
  );
}

/** Entries of one feature; each is a list item. */
export function RailList({ children }: { readonly children: ReactNode }): ReactNode {
  return <ul className={classNames(styles, 'list')}>{children}</ul>;
}
