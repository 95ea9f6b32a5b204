import { Dialog, Popover } from 'react-aria-components';
import { useRef, type ReactNode } from 'react';
import { classNames } from './class-names.ts';
import styles from './popover-panel.module.css';
import popup from './popup.module.css';

export interface PopoverPanelProps {
  readonly label: string;
  /** What it floats beside; it opens the panel by `onOpenChange`. */
  readonly trigger: ReactNode;
  readonly isOpen: boolean;
  readonly onOpenChange: (isOpen: boolean) => void;
  readonly children: ReactNode;
}

/** A few fields that float beside what they change. */
export function PopoverPanel({ label, trigger, isOpen, onOpenChange, children }: PopoverPanelProps): ReactNode {
  const anchor = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={anchor} className={classNames(styles, 'anchor')}>
        {trigger}
      </span>
      <Popover
        triggerRef={anchor}
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        offset={4}
        placement="bottom start"
        className={classNames(popup, 'popover')}
      >
        <Dialog aria-label={label} className={classNames(styles, 'panel')}>
          {children}
        </Dialog>
      </Popover>
    </>
  );
}
