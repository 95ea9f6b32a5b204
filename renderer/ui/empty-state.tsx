import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './empty-state.module.css';

/** Nothing here: one line that says so, one that teaches the next step, and the step itself. */
export function EmptyState({
  glyph,
  title,
  children,
  action,
}: {
  readonly glyph?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}): ReactNode {
  return (
    <div className={classNames(styles, 'empty')}>
      {glyph === undefined ? null : <div className={classNames(styles, 'glyph')}>{glyph}</div>}
      <p className={classNames(styles, 'title')}>{title}</p>
      {children === undefined ? null : <div className={classNames(styles, 'text')}>{children}</div>}
      {action}
    </div>
  );
}
