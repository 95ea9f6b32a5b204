import type { ReactNode } from 'react';
import { classNames } from '../../../ui/class-names.ts';
import styles from './step-frame.module.css';

/** A step: what it shows scrolls, what leads on stays at the bottom. `fills`: the content scrolls by itself. */
export function StepFrame({
  children,
  back,
  hint,
  primary,
  fills = false,
}: {
  readonly children: ReactNode;
  readonly back?: ReactNode;
  readonly hint?: ReactNode;
  /** The button that Ctrl+Enter presses. */
  readonly primary?: ReactNode;
  readonly fills?: boolean;
}): ReactNode {
  const hasFoot = back !== undefined || primary !== undefined || hint !== undefined;
  return (
    <>
      <div className={classNames(styles, 'body', fills && 'fills')}>{children}</div>
      {hasFoot ? (
        <footer className={classNames(styles, 'foot')}>
          {back}
          <span className={classNames(styles, 'hint')}>{hint}</span>
          <span data-primary>{primary}</span>
        </footer>
      ) : null}
    </>
  );
}
