import { Lock, MessageSquare } from 'lucide-react';
import { useState, type KeyboardEvent, type ReactNode } from 'react';
import { ticketEntry } from '../../../../shared/domain/ticket/ticket.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { useDraft } from '../../../services/use-draft.ts';
import { useDesk, useDeskDispatch } from '../../../store/desk-state.ts';
import { layoutSlice } from '../../../store/layout-slice.ts';
import { Button } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { focusTarget } from '../../../widgets/focus-target.ts';
import { useTicketText } from '../ticket-text.ts';
import styles from './composer.module.css';

/**
 * Writes to colleagues or to the caller: two drafts, two colours, two words on the button, so that nobody tells the
 * caller by mistake what was meant for colleagues.
 */
export function Composer({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const dispatch = useDeskDispatch();
  const { runner } = useDeskContext();
  const audience = useDesk((desk) => desk.layout.audience);
  const { text: body, setText, discard } = useDraft(`ticket/${record.id}/${audience}`);
  const [isSending, setSending] = useState(false);
  const isNote = audience === 'work-note';

  const send = async (): Promise<void> => {
    if (body.trim() === '' || isSending) return;
    setSending(true);
    const outcome = await runner.run(
      'ticket.comment',
      { id: record.id, audience, body },
      { done: text(isNote ? 'done.note' : 'done.reply') },
    );
    setSending(false);
    // A refused text stays, with its draft.
    if (!outcome.ok) return;
    discard();
    dispatch(layoutSlice.actions.changedLayout({ tab: 'activity' }));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      void send();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      focusTarget('list');
    }
  };

  return (
    <footer data-focus-area="composer" className={classNames(styles, 'composer', isNote ? 'note' : 'reply')}>
      <Segmented
        label={text('composer.audience')}
        segments={[
          { id: 'work-note', label: text('choice.audience.work-note'), glyph: <Lock size={13} aria-hidden /> },
          { id: 'comment', label: text('choice.audience.comment'), glyph: <MessageSquare size={13} aria-hidden /> },
        ]}
        value={audience}
        onChange={(next) => dispatch(layoutSlice.actions.changedLayout({ audience: next }))}
      />
      <textarea
        data-focus="composer"
        dir="auto"
        rows={1}
        aria-label={text(isNote ? 'composer.note' : 'composer.reply')}
        placeholder={text(isNote ? 'composer.note' : 'composer.reply')}
        maxLength={ticketEntry.fields.body.maxLength}
        value={body}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className={classNames(styles, 'field')}
      />
      <Button keys="Mod+Enter" isDisabled={body.trim() === '' || isSending} onPress={() => void send()}>
        {text(isNote ? 'composer.add-note' : 'composer.send-reply')}
      </Button>
    </footer>
  );
}
