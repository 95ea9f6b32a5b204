import type { ReactNode } from 'react';
import { classNames } from '../ui/class-names.ts';
import styles from './screen-frame.module.css';

export interface ScreenFrameProps {
  readonly title: string;
  /** Buttons at the end of the header. */
  readonly actions?: ReactNode;
  /** Tabs stand right below the header. */
  readonly isTabbed?: boolean;
  readonly children: ReactNode;
}

/** A screen that is one pane: title, actions, and what it shows. */
export function ScreenFrame({ title, actions, isTabbed = false, children }: ScreenFrameProps): ReactNode {
  return (
    <section aria-label={title} data-pane="list" tabIndex={-1} className={classNames(styles, 'screen')}>
      <header className={classNames(styles, 'header', isTabbed && 'tabbed')}>
        <h1 className={classNames(styles, 'title')}>{title}</h1>
        {actions === undefined ? null : <div className={classNames(styles, 'actions')}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** What scrolls below the header of a screen. */
export function ScreenBody({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <div data-body className={classNames(styles, 'body')}>
      {children}
    </div>
  );
}
