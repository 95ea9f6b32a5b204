import { useState, type ReactNode } from 'react';
import type { Refusal } from '../../shared/domain/change.ts';
import type { CommandOutcome } from '../data/data-api.ts';
import { useText } from '../services/text.ts';
import { Button } from '../ui/button.tsx';
import { classNames } from '../ui/class-names.ts';
import { Dialog } from '../ui/dialog.tsx';
import { useDeskContext } from './desk.ts';
import { refusalText } from './refusal-text.ts';
import styles from './form-dialog.module.css';

export interface FormDialogProps {
  readonly title: string;
  /** Null when the form itself says what is wrong. */
  readonly submit: () => Promise<CommandOutcome | null>;
  readonly onClose: () => void;
  /** Called with the records after it was saved. */
  readonly onDone?: (ids: readonly string[]) => void;
  /** What saving is called here. */
  readonly submitLabel?: string;
  readonly width?: 'normal' | 'wide';
  readonly children: ReactNode;
}

/** A form in a dialog: Ctrl+Enter saves, a refusal is told where the person is, what was typed stays. */
export function FormDialog(props: FormDialogProps): ReactNode {
  const { title, submit, onClose, onDone, submitLabel, width = 'wide', children } = props;
  const text = useText();
  const { translate } = useDeskContext();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const send = async (): Promise<void> => {
    const outcome = await submit();
    if (outcome === null) return;
    // Saving what is as it was is closing.
    if (!outcome.ok && outcome.failure.kind !== 'nothing-to-change') return setRefusal(outcome.failure);
    onClose();
    if (outcome.ok) onDone?.(outcome.value.ids);
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
            {submitLabel ?? text('action.save')}
          </Button>
        </>
      }
    >
      <div className={classNames(styles, 'form', width)}>
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
