import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { X } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import styles from './dialog.module.css';

export interface DialogProps {
  readonly title: ReactNode;
  readonly closeLabel: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly width?: 'narrow' | 'normal' | 'wide';
  /** Ctrl+Enter anywhere in the dialog. */
  readonly onSubmit?: () => void;
  /** False while closing would lose something that is not kept elsewhere. */
  readonly isDismissable?: boolean;
}

export function Dialog({
  title,
  closeLabel,
  onClose,
  children,
  footer,
  width = 'normal',
  onSubmit,
  isDismissable = true,
}: DialogProps): ReactNode {
  const submitOnKey = (event: KeyboardEvent): void => {
    if (onSubmit === undefined || event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    onSubmit();
  };
  return (
    <ModalOverlay
      isOpen
      isDismissable={isDismissable}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      className={classNames(styles, 'overlay')}
    >
      <Modal className={classNames(styles, 'modal', width)}>
        <AriaDialog className={classNames(styles, 'dialog')}>
          <div className={classNames(styles, 'frame')} onKeyDownCapture={submitOnKey}>
            <header className={classNames(styles, 'header')}>
              <Heading slot="title" className={classNames(styles, 'title')}>
                {title}
              </Heading>
              <IconButton label={closeLabel} icon={<X size={16} />} onPress={onClose} />
            </header>
            <div className={classNames(styles, 'body')}>{children}</div>
            {footer === undefined ? null : <footer className={classNames(styles, 'footer')}>{footer}</footer>}
          </div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
