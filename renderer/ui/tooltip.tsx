import { Focusable, Tooltip as AriaTooltip, TooltipTrigger } from 'react-aria-components';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './tooltip.module.css';

/**
 * A hint on something that is not a control: a time, a mark. It opens on hover and on focus; the text must also be
 * reachable without it, so the caller gives the target an accessible name where the hint says more than the target.
 */
export function Tooltip({ hint, children }: { readonly hint: ReactNode; readonly children: ReactNode }): ReactNode {
  return (
    <TooltipTrigger delay={350} closeDelay={0}>
      <Focusable>
        <span role="note" tabIndex={-1} className={classNames(styles, 'trigger')}>
          {children}
        </span>
      </Focusable>
      <AriaTooltip offset={6} className={classNames(styles, 'tooltip')}>
        {hint}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
