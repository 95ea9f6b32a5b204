import type { ReactNode } from 'react';
import { CheckMark } from '../ui/checkbox.tsx';
import { classNames } from '../ui/class-names.ts';
import styles from './two-line-row.module.css';

export interface TwoLineRowProps {
  /** Stands before both lines; gives way to the box while rows are chosen. */
  readonly glyph: ReactNode;
  readonly title: string;
  /** At the end of the first line. */
  readonly marks?: ReactNode;
  readonly beforeReference?: ReactNode;
  readonly reference: string;
  /** Who and where, on the second line. */
  readonly detail: string;
  /** At the end of the second line. */
  readonly end?: ReactNode;
  readonly isUnread?: boolean;
  readonly isSelected: boolean;
  /** While anything is chosen every row shows its box. */
  readonly isChoosing: boolean;
}

/** A row of a list in two lines: what it is, then reference, who and where. */
export function TwoLineRow(props: TwoLineRowProps): ReactNode {
  const { isUnread = false, isSelected, isChoosing } = props;
  return (
    <div role="gridcell" className={classNames(styles, 'row', isUnread && 'unread', isChoosing && 'choosing')}>
      <span className={classNames(styles, 'lead')}>
        <span className={classNames(styles, 'glyph')}>{props.glyph}</span>
        <span data-select className={classNames(styles, 'box')}>
          <CheckMark isSelected={isSelected} />
        </span>
      </span>
      <span className={classNames(styles, 'line')}>
        <bdi className={classNames(styles, 'title')}>{props.title}</bdi>
        {props.marks}
      </span>
      <span className={classNames(styles, 'line', 'second')}>
        {props.beforeReference}
        <bdi className={classNames(styles, 'reference')}>{props.reference}</bdi>
        <bdi className={classNames(styles, 'detail')}>{props.detail}</bdi>
        {props.end}
      </span>
    </div>
  );
}
