import { Lock, MessageSquare, NotebookPen, PencilLine, Plus } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { History } from 'lucide-react';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { TimelineEntry } from '../../../data/data-api.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { Moment, useTimeText } from '../../../widgets/moment.tsx';
import { SyncMark } from '../../../widgets/sync-mark.tsx';
import { valueText } from '../../../widgets/value-text.ts';
import { useTicketText } from '../ticket-text.ts';
import { entryTitle, shownChanges } from './timeline-text.ts';
import styles from './timeline.module.css';

type Change = TimelineEntry['changes'][number];

/** Characters of a value that the activity shows. */
const longest = 280;

/** What was said and what was changed, newest first. */
export const Timeline = memo(function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }): ReactNode {
  const text = useTicketText();
  if (entries.length === 0) {
    return (
      <EmptyState glyph={<History size={20} />} title={text('timeline.none')}>
        {text('timeline.none-hint')}
      </EmptyState>
    );
  }
  return (
    <ol className={classNames(styles, 'timeline')}>
      {entries.toReversed().map((entry, index) => (
        <li key={`${entry.dot}-${entry.comment?.id ?? index}`}>
          {entry.comment === null ? (
            <ChangeEntry entry={entry} />
          ) : (
            <CommentEntry entry={entry} comment={entry.comment} />
          )}
        </li>
      ))}
    </ol>
  );
});

function CommentEntry({
  entry,
  comment,
}: {
  readonly entry: TimelineEntry;
  readonly comment: NonNullable<TimelineEntry['comment']>;
}): ReactNode {
  const text = useTicketText();
  const isNote = comment.audience === 'work-note';
  return (
    <article className={classNames(styles, 'comment', isNote ? 'note' : 'reply')}>
      <header className={classNames(styles, 'head')}>
        <Avatar name={entry.userName || null} />
        <bdi className={classNames(styles, 'who')}>{entry.userName}</bdi>
        <span className={classNames(styles, 'audience')}>
          {isNote ? <Lock size={12} aria-hidden /> : <MessageSquare size={12} aria-hidden />}
          {text(isNote ? 'timeline.note' : 'timeline.reply')}
        </span>
        <SyncMark isPending={entry.pending} isConflict={false} />
        <span className={classNames(styles, 'when')}>
          <Moment at={entry.at} />
        </span>
      </header>
      <p className="user-text">{comment.body}</p>
      {entry.changes.length === 0 ? null : <ChangeList changes={entry.changes} />}
    </article>
  );
}

function ChangeEntry({ entry }: { readonly entry: TimelineEntry }): ReactNode {
  const text = useTicketText();
  const isCreation = entry.command === 'ticket.create';
  return (
    <div className={classNames(styles, 'change')}>
      <span className={classNames(styles, 'dot')}>
        {isCreation ? (
          <Plus size={12} aria-hidden />
        ) : entry.changes.some(({ field }) => field === 'description') ? (
          <NotebookPen size={12} aria-hidden />
        ) : (
          <PencilLine size={12} aria-hidden />
        )}
      </span>
      <div className={classNames(styles, 'text')}>
        <p className={classNames(styles, 'line')}>
          <bdi className={classNames(styles, 'who')}>{entry.userName || text('timeline.somebody')}</bdi>{' '}
          {entryTitle(text, entry)}
          <SyncMark isPending={entry.pending} isConflict={false} />
          <span className={classNames(styles, 'when')}>
            <Moment at={entry.at} />
          </span>
        </p>
        <ChangeList changes={isCreation ? [] : entry.changes} />
      </div>
    </div>
  );
}

function ChangeList({ changes }: { readonly changes: readonly Change[] }): ReactNode {
  const text = useTicketText();
  const { full } = useTimeText();
  const shown = shownChanges(changes);
  if (shown.length === 0) return null;
  return (
    <dl className={classNames(styles, 'fields')}>
      {shown.map((change) => {
        const value = (of: FieldValue, title: string | undefined): string => {
          const words = valueText(text, { entity: 'ticket', field: change.field, value: of, title }, full);
          return words.length > longest ? `${words.slice(0, longest)}…` : words;
        };
        return (
          <div key={change.field} className={classNames(styles, 'field')}>
            <dt>{fieldText(text, 'ticket', change.field.split('/', 1)[0] ?? change.field)}</dt>
            <dd>
              <bdi className={classNames(styles, 'before')}>{value(change.before, change.beforeTitle)}</bdi>
              <span aria-hidden>→</span>
              <span className="visually-hidden">{text('timeline.became')}</span>
              <bdi className={classNames(styles, 'after')}>{value(change.after, change.afterTitle)}</bdi>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
