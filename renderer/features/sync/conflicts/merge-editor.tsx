import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import { useSyncText } from '../sync-text.ts';
import styles from './field-card.module.css';

export interface MergeEditorProps {
  readonly name: string;
  readonly start: string;
  readonly maxLength: number;
  readonly isMultiline: boolean;
  readonly onKeep: (text: string) => void;
  readonly onCancel: () => void;
}

/** The text to keep, edited by hand. Ctrl+Enter keeps it, Escape goes back to the values. */
export function MergeEditor({ name, start, maxLength, isMultiline, onKeep, onCancel }: MergeEditorProps): ReactNode {
  const text = useSyncText();
  const [typed, setTyped] = useState(start);
  const isTooLong = typed.length > maxLength;
  const keep = (): void => {
    if (!isTooLong) onKeep(typed);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const submits = event.key === 'Enter' && (!isMultiline || event.ctrlKey || event.metaKey);
    if (!submits && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (submits) keep();
    else onCancel();
  };
  const shared = {
    label: text('conflict.edit-label', { field: name }),
    value: typed,
    onChange: setTyped,
    onKeyDown,
    autoFocus: true,
    error: isTooLong
      ? text('refusal.text-too-long', { actual: typed.length, max: maxLength, over: typed.length - maxLength })
      : undefined,
  };
  return (
    <div className={classNames(styles, 'editor')}>
      {isMultiline ? (
        <TextArea {...shared} rows={Math.min(14, Math.max(4, typed.split('\n').length + 1))} />
      ) : (
        <TextField {...shared} />
      )}
      <div className={classNames(styles, 'actions')}>
        <Button variant="primary" keys="Mod+Enter" isDisabled={isTooLong} onPress={keep}>
          {text('conflict.edit-keep')}
        </Button>
        <Button keys="Escape" onPress={onCancel}>
          {text('action.cancel')}
        </Button>
      </div>
    </div>
  );
}
