import { Lock, MessageSquare, NotebookPen, PencilLine, Plus } from 'lucide-react';
import { memo, type ReactNode } from 'react';
import { History } from 'lucide-react';
import type { EntityKind } from '../../shared/domain/entities.ts';
import type { FieldValue } from '../../shared/sync/operation.ts';
import type { TimelineEntry } from '../data/data-api.ts';
import { Avatar } from '../ui/avatar.tsx';
import { classNames } from '../ui/class-names.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { fieldText } from './choice-text.ts';
import { Moment, useTimeText } from './moment.tsx';
import { SyncMark } from './sync-mark.tsx';
import { valueText } from './value-text.ts';
import { useText } from '../services/text.ts';
import styles from './timeline.module.css';

type Change = TimelineEntry['changes'][number];

/** Characters of a value that the activity shows. */
const longest = 280;

export interface TimelineProps {
  readonly entity: EntityKind;
  readonly entries: readonly TimelineEntry[];
  /** What the person did, e.g. "resolved the ticket". */
  readonly describe: (entry: TimelineEntry) => string;
}

/** What was said and what was changed, newest first. */
export const Timeline = memo(function Timeline({ entity, entries, describe }: TimelineProps): ReactNode {
  const text = useText();
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
            <ChangeEntry entity={entity} entry={entry} title={describe(entry)} />
          ) : (
            <CommentEntry entity={entity} entry={entry} comment={entry.comment} />
          )}
        </li>
      ))}
    </ol>
  );
});

function CommentEntry({
  entity,
  entry,
  comment,
}: {
  readonly entity: EntityKind;
  readonly entry: TimelineEntry;
  readonly comment: NonNullable<TimelineEntry['comment']>;
}): ReactNode {
  const text = useText();
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
      {entry.changes.length === 0 ? null : <ChangeList entity={entity} changes={entry.changes} />}
    </article>
  );
}

function ChangeEntry({
  entity,
  entry,
  title,
}: {
  readonly entity: EntityKind;
  readonly entry: TimelineEntry;
  readonly title: string;
}): ReactNode {
  const text = useText();
  const isCreation = entry.command.endsWith('.create');
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
          <bdi className={classNames(styles, 'who')}>{entry.userName || text('timeline.somebody')}</bdi> {title}
          <SyncMark isPending={entry.pending} isConflict={false} />
          <span className={classNames(styles, 'when')}>
            <Moment at={entry.at} />
          </span>
        </p>
        <ChangeList entity={entity} changes={isCreation ? [] : entry.changes} />
      </div>
    </div>
  );
}

function ChangeList({
  entity,
  changes,
}: {
  readonly entity: EntityKind;
  readonly changes: readonly Change[];
}): ReactNode {
  const text = useText();
  const { full } = useTimeText();
  const shown = shownChanges(changes);
  if (shown.length === 0) return null;
  return (
    <dl className={classNames(styles, 'fields')}>
      {shown.map((change) => {
        const value = (of: FieldValue, title: string | undefined): string => {
          const words = valueText(text, { entity, field: change.field, value: of, title }, full);
          return words.length > longest ? `${words.slice(0, longest)}…` : words;
        };
        return (
          <div key={change.field} className={classNames(styles, 'field')}>
            <dt>{fieldText(text, entity, change.field.split('/', 1)[0] ?? change.field)}</dt>
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

/** Fields that only repeat what another change of the entry says. */
const silent: ReadonlySet<string> = new Set([
  'resolvedBy',
  'resolvedAt',
  'closedAt',
  'lastReopenedBy',
  'lastReopenedAt',
  'reopenCount',
  'reference',
  'openedBy',
  'openedAt',
  'confirmedBy',
  'confirmedAt',
  'fixBy',
  'fixAt',
  'workaroundBy',
  'workaroundAt',
]);

function shownChanges(changes: TimelineEntry['changes']): TimelineEntry['changes'] {
  return changes.filter(({ field, before, after }) => !silent.has(field) && !field.startsWith('$') && before !== after);
}
