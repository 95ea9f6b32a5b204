import { MessageSquare, StickyNote } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { isFinished } from '../../../../shared/domain/ticket/ticket-values.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useDraft } from '../../../services/use-draft.ts';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { layoutSlice } from '../../../store/layout-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { TextArea } from '../../../ui/text-field.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { useTicketText } from '../ticket-text.ts';
import styles from './composer.module.css';

const longestText = 32_000;

/** Where people write: a note for the team or a reply to the caller, told apart by colour, icon and the button's words. */
export function Composer({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const { runner } = useDeskContext();
  const dispatch = useDeskDispatch();
  const audience = useDesk((desk) => desk.layout.audience);
  const draft = useDraft(`ticket/${record.id}/${audience}`);
  const isReply = audience === 'comment';
  const submit = async (): Promise<void> => {
    const body = draft.text;
    if (body.trim() === '') return;
    const outcome = await runner.run('ticket.comment', { id: record.id, audience, body }, { done: text(isReply ? 'done.reply' : 'done.comment') });
    if (outcome.ok) draft.discard();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.stopPropagation();
    void submit();
  };
  return (
    <section className={classNames(styles, 'composer', isReply ? 'reply' : 'note')} data-focus-area="composer">
      <div className={classNames(styles, 'head')}>
        <Segmented
          label={text('composer.label')}
          value={audience}
          onChange={(next) => dispatch(layoutSlice.actions.changedLayout({ audience: next }))}
          segments={[
            { id: 'work-note', label: text('choice.audience.work-note'), glyph: <StickyNote size={14} /> },
            { id: 'comment', label: text('choice.audience.comment'), glyph: <MessageSquare size={14} /> },
          ]}
        />
        <span className={classNames(styles, 'hint')}>{text(isReply ? 'composer.reply-hint' : 'composer.note-hint')}</span>
        <Button variant="primary" keys="Mod+Enter" isDisabled={draft.text.trim() === ''} onPress={() => void submit()}>
          {text(isReply ? 'composer.send' : 'composer.add-note')}
        </Button>
      </div>
      <TextArea
        label={text(isReply ? 'composer.reply' : 'composer.note')}
        labelHidden
        rows={2}
        value={draft.text}
        onChange={draft.setText}
        onKeyDown={onKeyDown}
        maxLength={longestText}
        placeholder={text(isReply ? 'composer.reply' : 'composer.note')}
        isDisabled={isFinished(record.values) && isReply}
      />
    </section>
  );
}
