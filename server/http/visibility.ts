import { createHash } from 'node:crypto';
import { entityDefinition, schemaVersion, type EntityKind } from '../../shared/domain/entities.ts';
import { may, type Actor } from '../../shared/domain/permissions.ts';
import { choosingFields, isChosenTicket, type ChosenScope } from '../../shared/sync/protocol-scope.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { ownerKey, valuesShown } from '../admission/shown-record.ts';

/** Who is sent something: by their rights, and of what these let them see only what their desk has chosen. */
export interface Reader extends Actor {
  /** Absent: all they may see. */
  readonly chosen?: ChosenScope;
}

/** Fields of a ticket that decide who sees it: after a change of one, it may come into view or go out of it. */
const decidingFields = new Set(['queue', 'assignee', 'caller', 'openedBy']);

export function decidesWhoSees(entity: string, fields: Iterable<string>, { chosen }: Reader): boolean {
  const decides = (field: string): boolean =>
    decidingFields.has(field) || field.startsWith('watchers/') || (chosen !== undefined && choosingFields.has(field));
  return entity === 'ticket' && [...fields].some(decides);
}

/** The reader with all their rights, whatever their desk has chosen: for what is asked for by name. */
export function withAllRights({ person, roles, queues }: Reader): Reader {
  return { person, roles, queues };
}

/** True when nothing of the space is kept from the reader: pages need no look at records then. */
export function seesEverything(reader: Reader): boolean {
  return reader.chosen === undefined && mayReadAll(reader);
}

function mayReadAll(actor: Actor): boolean {
  return (
    may(actor, 'read', { entity: 'ticket', values: {} }) &&
    may(actor, 'read', { entity: 'ticket-entry', values: { audience: 'work-note' } }) &&
    may(actor, 'read', { entity: 'problem', values: {} }) &&
    may(actor, 'read', { entity: 'person', values: {} }) &&
    may(actor, 'read', { entity: 'setting', values: {} })
  );
}

/**
 * Whether the reader is to be sent a record; for an entry of a log, its ticket decides. Kinds of a newer version: all or
 * none.
 */
export function maySee(reader: Reader, state: RecordState, ownerOf: (key: string) => RecordState | undefined): boolean {
  if (entityDefinition(state.entity) === undefined) return mayReadAll(reader);
  const values = valuesShown(state);
  const owner = ownerKey(state.entity, values);
  const ownerState = owner === null ? undefined : ownerOf(owner);
  if (reader.chosen !== undefined && !isChosen(reader, reader.chosen, ownerState ?? state)) return false;
  const whole = ownerState === undefined ? values : { ...valuesShown(ownerState), ...values };
  return may(reader, 'read', { entity: state.entity as EntityKind, values: whole });
}

function isChosen(reader: Reader, chosen: ChosenScope, state: RecordState): boolean {
  return state.entity !== 'ticket' || isChosenTicket(reader, chosen, state.id, valuesShown(state));
}

/**
 * Stands for all that decides what an actor is sent besides the records themselves: rights, and what this version reads,
 * since records on which an unreadable operation waits are not sent. For who sees only part, also how many chains lost a
 * fork: that gives places that such a reader has passed another content; others have it from the log.
 */
export function scopeDigest(reader: Reader, branches: number): string {
  const { person, roles, queues, chosen } = reader;
  // What comes whatever is chosen is not in it: a desk asks for each of these when it wants it.
  const choice = chosen && [chosen.whose, chosen.sites, chosen.closedSince];
  const rights = seesEverything(reader) ? [schemaVersion] : [schemaVersion, branches, person];
  return createHash('sha256')
    .update(JSON.stringify([...rights, roles.toSorted(), queues.toSorted(), choice]))
    .digest('base64url')
    .slice(0, 22);
}
