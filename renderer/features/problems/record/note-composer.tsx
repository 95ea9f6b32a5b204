import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { problemEntry } from '../../../../shared/domain/problem/problem.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useDraft } from '../../../services/use-draft.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { TextArea } from '../../../ui/text-field.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useProblemText } from '../problem-text.ts';
import styles from './note-composer.module.css';

/** Writes a work note on the problem; what is typed is kept until it is saved. */
export function NoteComposer({
  record,
  onSent,
}: {
  readonly record: RecordView;
  readonly onSent: () => void;
}): ReactNode {
  const text = useProblemText();
  const { runner } = useDeskContext();
  const { text: body, setText, discard } = useDraft(`problem/${record.id}/note`);
  const [isSending, setSending] = useState(false);
  const send = async (): Promise<void> => {
    if (body.trim() === '' || isSending) return;
    setSending(true);
    const outcome = await runner.run('problem.note', { id: record.id, body }, { done: text('done.problem.note') });
    setSending(false);
    if (!outcome.ok) return;
    discard();
    onSent();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void send();
  };
  return (
    <footer className={classNames(styles, 'composer')}>
      <TextArea
        label={text('problem.note')}
        labelHidden
        placeholder={text('problem.note')}
        rows={1}
        value={body}
        onChange={setText}
        onKeyDown={onKeyDown}
        maxLength={problemEntry.fields.body.maxLength}
      />
      <Button keys="Mod+Enter" isDisabled={body.trim() === '' || isSending} onPress={() => void send()}>
        {text('problem.add-note')}
      </Button>
    </footer>
  );
}
