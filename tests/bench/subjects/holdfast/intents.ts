import type { Intent } from '../../../../renderer/data/engine/build-operation.ts';
import type { Body } from '../../../../renderer/data/storage/body.ts';
import type { EntityKind } from '../../../../shared/domain/entities.ts';
import type { Change } from '../../../../shared/domain/change.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { RecordState, Register } from '../../../../shared/sync/record-state.ts';
import {
  agentCount,
  agentId,
  callerCount,
  callerId,
  commentsPerTicket,
  queueCount,
  queueId,
} from '../../data/tickets.ts';
import type { CommentRow, DataSet, TicketRow } from '../../data/tickets.ts';

/** The rows of the data set as this program writes them: as operations, or as merged bodies. */

function ticketFields({
  id: _id,
  updatedAt: _updatedAt,
  tags,
  ...fields
}: TicketRow): Readonly<Record<string, FieldValue>> {
  return { ...fields, ...Object.fromEntries(tags.map((tag) => [`tags/${tag}`, true])) };
}

function commentFields({ id: _id, ...fields }: CommentRow): Readonly<Record<string, FieldValue>> {
  return { ...fields };
}

function createdTicket(row: TicketRow): Change {
  return { entity: 'ticket', id: row.id, create: true, fields: ticketFields(row) };
}

function createdComment(row: CommentRow): Change {
  return { entity: 'ticket-entry', id: row.id, create: true, fields: commentFields(row) };
}

function commentsOf(data: DataSet, ticket: number): readonly CommentRow[] {
  return data.comments.slice(ticket * commentsPerTicket, (ticket + 1) * commentsPerTicket);
}

/** One operation for each record: what a person, an import or another device would have made. */
export function intentsPerRecord(data: DataSet): readonly Intent[] {
  return data.tickets.flatMap((row, number) => [
    { command: 'import:bench:create', user: row.openedBy, changes: [createdTicket(row)], occurredAt: row.openedAt },
    ...commentsOf(data, number).map((comment) => ({
      command: 'import:bench:comment',
      user: comment.author,
      changes: [createdComment(comment)],
      occurredAt: comment.writtenAt,
    })),
  ]);
}

/** One operation for each ticket with its comments. */
export function intentsPerTicket(data: DataSet): readonly Intent[] {
  return data.tickets.map((row, number) => ({
    command: 'import:bench:create',
    user: row.openedBy,
    changes: [createdTicket(row), ...commentsOf(data, number).map(createdComment)],
    occurredAt: row.openedAt,
  }));
}

/** The people and queues that tickets point to; the other contenders store their ids only. */
export function organisationIntents(): readonly Intent[] {
  const named = (entity: EntityKind, id: string, name: string, agent: boolean): Intent => ({
    command: 'record.create',
    user: agentId(0),
    changes: [
      {
        entity,
        id,
        create: true,
        fields: entity === 'person' ? { name, agent, active: true } : { name, active: true },
      },
    ],
  });
  return [
    ...Array.from({ length: queueCount }, (_, number) => named('queue', queueId(number), `Queue ${number}`, false)),
    ...Array.from({ length: agentCount }, (_, number) => named('person', agentId(number), `Agent ${number}`, true)),
    ...Array.from({ length: callerCount }, (_, number) => named('person', callerId(number), `Caller ${number}`, false)),
  ];
}

/** A ticket with its comments as merged state: what a bootstrap from state would store. */
export function bodyOf(data: DataSet, number: number, device: string): Body {
  const row = data.tickets[number];
  if (!row) throw new RangeError(`no ticket ${number}`);
  const seq = number * (1 + commentsPerTicket) + 1;
  const { id, openedAt: createdAt, updatedAt } = row;
  const entries = commentsOf(data, number).map((comment, position) =>
    stateOf('ticket-entry', comment.id, commentFields(comment), device, seq + 1 + position, comment.writtenAt),
  );
  return {
    entity: 'ticket',
    id,
    state: stateOf('ticket', id, ticketFields(row), device, seq, createdAt),
    entries,
    trail: [],
    log: [],
    createdAt,
    updatedAt,
    ownSeq: 0,
  };
}

function stateOf(
  entity: string,
  id: string,
  values: Readonly<Record<string, FieldValue>>,
  device: string,
  seq: number,
  ms: number,
): RecordState {
  const fields: Record<string, Register> = {};
  for (const [name, value] of Object.entries(values))
    fields[name] = { heads: [{ dot: `${device}:${seq}`, ms, counter: 0, value }] };
  return { entity, id, fields };
}
