import { useState } from 'react';
import type { ReactNode } from 'react';
import type { CommandOutcome } from '../../../data/data-api.ts';
import type { Refusal } from '../../../../shared/domain/change.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { refusalText } from '../../../widgets/refusal-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useTicketText } from '../ticket-text.ts';
import { classNames } from '../../../ui/class-names.ts';
import styles from './ticket-dialog.module.css';

export interface TicketDialogProps {
  readonly title: string;
  readonly submitLabel: string;
  readonly submit: () => Promise<CommandOutcome>;
  readonly onClose: () => void;
  /** Called after it was saved. */
  readonly onDone?: (ids: readonly string[]) => void;
  readonly width?: 'normal' | 'wide';
  readonly children: ReactNode;
}

/** A form in a dialog: Ctrl+Enter saves, a refusal is told where the person is, what was typed stays. */
export function TicketDialog({
  title,
  submitLabel,
  submit,
  onClose,
  onDone,
  width = 'normal',
  children,
}: TicketDialogProps): ReactNode {
  const text = useTicketText();
  const { translate } = useDeskContext();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = async (): Promise<void> => {
    const outcome = await submit();
    if (!outcome.ok) {
      setRefusal(outcome.failure);
      return;
    }
    onClose();
    onDone?.(outcome.value.ids);
  };
  return (
    <Dialog
      title={title}
      closeLabel={text('action.close')}
      onClose={onClose}
      width={width}
      onSubmit={() => void send()}
      footer={
        <>
          <Button onPress={onClose}>{text('action.cancel')}</Button>
          <Button variant="primary" keys="Mod+Enter" onPress={() => void send()}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <div className={classNames(styles, 'form')}>
        {children}
        {refusal === null ? null : (
          <p role="alert" className={classNames(styles, 'refusal')}>
            {refusalText(refusal, translate)}
          </p>
        )}
      </div>
    </Dialog>
  );
}
