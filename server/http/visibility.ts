import { createHash } from 'node:crypto';
import { entityDefinition, schemaVersion, type EntityKind } from '../../shared/domain/entities.ts';
import { may, type Actor } from '../../shared/domain/permissions.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { ownerKey, valuesShown } from '../admission/shown-record.ts';

/** Fields of a ticket that decide who sees it: after a change of one, it may come into view or go out of it. */
const decidingFields = new Set(['queue', 'assignee', 'caller', 'openedBy']);

export function decidesWhoSees(entity: string, fields: Iterable<string>): boolean {
  return entity === 'ticket' && [...fields].some((field) => decidingFields.has(field) || field.startsWith('watchers/'));
}

/** True when nothing of the space is hidden from the actor: pages need no look at records then. */
export function seesEverything(actor: Actor): boolean {
  return (
    may(actor, 'read', { entity: 'ticket', values: {} }) &&
    may(actor, 'read', { entity: 'ticket-entry', values: { audience: 'work-note' } }) &&
    may(actor, 'read', { entity: 'person', values: {} }) &&
    may(actor, 'read', { entity: 'setting', values: {} })
  );
}

/** Whether the actor may read a record; for an entry of a log, its ticket decides. Kinds of a newer version: all or none. */
export function maySee(actor: Actor, state: RecordState, ownerOf: (key: string) => RecordState | undefined): boolean {
  if (entityDefinition(state.entity) === undefined) return seesEverything(actor);
  const values = valuesShown(state);
  const owner = ownerKey(state.entity, values);
  const ownerState = owner === null ? undefined : ownerOf(owner);
  const whole = ownerState === undefined ? values : { ...valuesShown(ownerState), ...values };
  return may(actor, 'read', { entity: state.entity as EntityKind, values: whole });
}

/**
 * Stands for all that decides what an actor is sent besides the records themselves: rights, and what this version reads,
 * since records on which an unreadable operation waits are not sent; and how many forks were settled, since that gives
 * places that a reader has passed another content.
 */
export function scopeDigest({ person, roles, queues }: Actor, forks: number): string {
  return createHash('sha256')
    .update(JSON.stringify([schemaVersion, forks, person, roles.toSorted(), queues.toSorted()]))
    .digest('base64url')
    .slice(0, 22);
}
