import type { ReactNode } from 'react';
import { classNames } from '../../../ui/class-names.ts';
import { Button } from '../../../ui/button.tsx';
import styles from './value-card.module.css';

export interface ValueCardProps {
  /** Whose value it is, e.g. a person, or "Before". */
  readonly who: string;
  /** When and on what device it was written. */
  readonly detail?: ReactNode;
  readonly note?: string | undefined;
  readonly tone: 'before' | 'head' | 'merged';
  readonly children: ReactNode;
  /** Absent for a value that cannot be taken. */
  readonly take?: {
    readonly label: string;
    readonly name: string;
    readonly keys: string;
    readonly isDisabled?: boolean;
    readonly onPress: () => void;
  };
  readonly more?: ReactNode;
}

/** One of the values of a field, with the button and the key that take it. */
export function ValueCard({ who, detail, note, tone, children, take, more }: ValueCardProps): ReactNode {
  return (
    <div role="group" aria-label={who} className={classNames(styles, 'card', tone)}>
      <div className={classNames(styles, 'head')}>
        <bdi className={classNames(styles, 'who')}>{who}</bdi>
        {note === undefined ? null : <span className={classNames(styles, 'note')}>{note}</span>}
      </div>
      {detail === undefined ? null : <p className={classNames(styles, 'detail')}>{detail}</p>}
      <div dir="auto" className={`user-text ${classNames(styles, 'value')}`}>
        {children}
      </div>
      {take === undefined && more === undefined ? null : (
        <div className={classNames(styles, 'foot')}>
          {take === undefined ? null : (
            <Button label={take.label} keys={take.keys} isDisabled={take.isDisabled === true} onPress={take.onPress}>
              {take.name}
            </Button>
          )}
          {more}
        </div>
      )}
    </div>
  );
}
