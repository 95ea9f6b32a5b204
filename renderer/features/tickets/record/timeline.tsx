import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { ticket } from '../../../../shared/domain/ticket/ticket.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { TimelineEntry } from '../../../data/data-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { Moment, useTimeText } from '../../../widgets/moment.tsx';
import { useTicketText } from '../ticket-text.ts';
import styles from './timeline.module.css';

/** Fields that say nothing to a person: identities and stamps that the entry itself shows. */
const unsaid = new Set(['reference', 'openedAt', 'openedBy', 'resolvedAt', 'resolvedBy', 'closedAt', '$deleted']);
const longest = 200;

/** What happened, newest first: who, when, which field from what to what, and what was written. */
export function Timeline({ entries }: { readonly entries: readonly TimelineEntry[] }): ReactNode {
  const text = useTicketText();
  const newestFirst = useMemo(() => entries.toReversed(), [entries]);
  if (entries.length === 0) return <EmptyState title={text('timeline.none')} />;
  return (
    <ol className={classNames(styles, 'timeline')}>
      {newestFirst.map((entry, index) => (
        <Entry key={`${entry.dot} ${entry.comment?.id ?? ''}`} entry={entry} isFirst={index === newestFirst.length - 1} />
      ))}
    </ol>
  );
}

function Entry({ entry, isFirst }: { readonly entry: TimelineEntry; readonly isFirst: boolean }): ReactNode {
  const text = useTicketText();
  const { comment } = entry;
  const isReply = comment?.audience === 'comment';
  const said = comment ? text(isReply ? 'timeline.replied' : 'timeline.noted') : text(isFirst ? 'timeline.created' : 'timeline.updated');
  const changes = entry.changes.filter(({ field, before, after }) => !unsaid.has(field) && JSON.stringify(before) !== JSON.stringify(after));
  return (
    <li className={classNames(styles, 'entry', comment && (isReply ? 'reply' : 'note'))}>
      <p className={classNames(styles, 'head')}>
        <bdi>{entry.userName}</bdi> <span>{said}</span> <Moment at={entry.at} isPlain />
      </p>
      {comment ? (
        <p className="user-text" dir="auto">
          {comment.body}
        </p>
      ) : null}
      {isFirst || changes.length === 0 ? null : (
        <ul className={classNames(styles, 'changes')}>
          {changes.map((change) => (
            <Change key={change.field} {...change} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Change({ field, before, after, beforeTitle, afterTitle }: TimelineEntry['changes'][number]): ReactNode {
  const text = useTicketText();
  const { short } = useTimeText();
  const [name = field, element] = field.split('/', 2);
  const definition = Object.hasOwn(ticket.fields, name) ? ticket.fields[name as keyof typeof ticket.fields] : undefined;
  const words = (value: FieldValue, title: string | undefined): string => {
    if (title !== undefined && title !== '') return title;
    if (value === null || value === '') return text('timeline.empty');
    if (typeof value === 'boolean') return text(value ? 'value.yes' : 'value.no');
    if (typeof value === 'number') return definition?.type === 'instant' ? short(value) : String(value);
    if (typeof value !== 'string') return JSON.stringify(value);
    const shown = definition?.type === 'choice' ? choiceText(text, name, value) : value;
    return shown.length > longest ? `${shown.slice(0, longest)}…` : shown;
  };
  return (
    <li>
      <span className={classNames(styles, 'field')}>
        {fieldText(text, 'ticket', name)}
        {element === undefined ? '' : ` ${element}`}
      </span>{' '}
      <bdi>{words(before, beforeTitle)}</bdi> <span aria-label={text('timeline.to')}>→</span> <bdi className={classNames(styles, 'after')}>{words(after, afterTitle)}</bdi>
    </li>
  );
}
