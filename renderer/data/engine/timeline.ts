import { fieldDefinition, entityDefinition } from '../../../shared/domain/entities.ts';
import { dotOf } from '../../../shared/sync/operation.ts';
import type { Dot, FieldValue, Operation, Write } from '../../../shared/sync/operation.ts';
import type { RecordState } from '../../../shared/sync/record-state.ts';
import { deletionOf } from '../../../shared/sync/shown.ts';
import type { TimelineEntry } from '../data-api.ts';
import type { Body } from '../storage/body.ts';
import { valuesOf } from './derive-row.ts';

export interface TimelineNames {
  readonly titleOf: (kind: string, id: string) => string;
  readonly isPending: (operation: Operation) => boolean;
}

/**
 * History of a record out of its operations: nothing is stored for it. "Before" is the value of the heads a write
 * replaced, which its parents name exactly, whatever the order of arrival. Of a record that came as a state (from a
 * snapshot, or into scope) the operations are not here; what people wrote on it is shown from that state.
 */
export function buildTimeline(
  body: Body,
  operations: readonly Operation[],
  names: TimelineNames,
): readonly TimelineEntry[] {
  const values = new Map<string, FieldValue>();
  const entries: TimelineEntry[] = [];
  for (const operation of operations) {
    const dot = dotOf(operation);
    for (const write of operation.writes) {
      for (const [field, value] of Object.entries(write.fields)) values.set(valueKey(write.id, field, dot), value);
    }
  }
  const visible = new Set(body.entries.filter((entry) => deletionOf(entry) !== 'deleted').map((entry) => entry.id));
  for (const operation of operations) {
    const own = operation.writes.find((write) => write.id === body.id);
    const comments = operation.writes.filter(
      (write) => visible.has(write.id) && typeof write.fields['body'] === 'string',
    );
    if (!own && comments.length === 0) continue;
    const changes = own ? changesOf(own, values, names) : [];
    const [first, ...others] = comments;
    entries.push(entryOf(operation, changes, first, names));
    for (const comment of others) entries.push(entryOf(operation, [], comment, names));
  }
  const logged = new Set(entries.flatMap(({ comment }) => comment?.id ?? []));
  for (const state of body.entries)
    if (visible.has(state.id) && !logged.has(state.id)) entries.push(...entryFromState(state, names));
  return entries.sort((left, right) => left.at - right.at);
}

/** An entry of the record's log as its state tells it; none when it has no text. */
function entryFromState(state: RecordState, names: TimelineNames): readonly TimelineEntry[] {
  const [head] = state.fields['body']?.heads ?? [];
  const { body, audience, author, writtenAt } = valuesOf(state);
  if (head === undefined || typeof body !== 'string') return [];
  const user = typeof author === 'string' ? author : '';
  return [
    {
      dot: head.dot,
      at: typeof writtenAt === 'number' ? writtenAt : head.ms,
      user,
      userName: names.titleOf('person', user),
      command: 'ticket.comment',
      changes: [],
      comment: { id: state.id, audience: String(audience), body },
      pending: false,
    },
  ];
}

function valueKey(id: string, field: string, dot: Dot): string {
  return `${id}/${field}@${dot}`;
}

function changesOf(
  write: Write,
  values: ReadonlyMap<string, FieldValue>,
  names: TimelineNames,
): TimelineEntry['changes'] {
  const definition = entityDefinition(write.entity);
  return Object.entries(write.fields).map(([field, after]) => {
    const parents = Object.hasOwn(write.parents, field) ? (write.parents[field] ?? []) : [];
    const replaced = parents
      .map((parent) => values.get(valueKey(write.id, field, parent)))
      .filter((value) => value !== undefined);
    const before = replaced.at(-1) ?? null;
    const type = definition ? fieldDefinition(definition, field) : undefined;
    if (type?.type !== 'reference') return { field, before, after };
    const title = (value: FieldValue): string => (typeof value === 'string' ? names.titleOf(type.to, value) : '');
    return { field, before, after, beforeTitle: title(before), afterTitle: title(after) };
  });
}

function entryOf(
  operation: Operation,
  changes: TimelineEntry['changes'],
  comment: Write | undefined,
  names: TimelineNames,
): TimelineEntry {
  return {
    dot: dotOf(operation),
    at: operation.occurredAt ?? operation.at[0],
    user: operation.user,
    userName: names.titleOf('person', operation.user),
    command: operation.command,
    changes,
    comment: comment
      ? { id: comment.id, audience: String(comment.fields['audience']), body: String(comment.fields['body']) }
      : null,
    pending: names.isPending(operation),
  };
}
