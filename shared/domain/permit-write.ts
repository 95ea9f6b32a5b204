import type { FieldValue } from '../sync/operation.ts';
import type { RecordValues } from './change.ts';
import { entityDefinition, fieldDefinition, type EntityKind } from './entities.ts';
import type { EntityDefinition } from './field.ts';
import { may, type Actor, type Verb } from './permissions.ts';
import { missingFields, validateWrite } from './validate-write.ts';

/** One write of an operation beside what it meets. */
export interface WriteAtHand {
  readonly entity: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Values shown before; undefined for a record that was not there. */
  readonly before: RecordValues | undefined;
  /** For an entry of a record's log: that record's values, those of this operation included. */
  readonly ticket: RecordValues | undefined;
  /** Whether the write replaces something: then it does not create, although the record is not here yet. */
  readonly hasParents: boolean;
}

export interface WriteRefusal {
  readonly code: 'not-permitted' | 'bad-value' | 'authority-field' | 'fixed-field';
  readonly field: string | null;
  readonly expected: string;
}

/** Fields that a move of the state writes: who may make the move may write them with it. */
const fieldsOfMoves = new Set([
  'state',
  'onHoldReason',
  'resolutionCode',
  'resolutionNotes',
  'resolvedBy',
  'resolvedAt',
  'closedAt',
  'cancelReason',
  'reopenCount',
  'lastReopenedBy',
  'lastReopenedAt',
]);
const finished: ReadonlySet<unknown> = new Set(['resolved', 'closed', 'canceled']);
/** Who may write kinds that only a newer version knows (D14): those who work on records. */
const working: ReadonlySet<string> = new Set(['technician', 'desk-agent', 'manager', 'administrator']);

/** Hard admission of one write (D7): null when the actor may write it and every value fits. Pure: desk and endpoint agree. */
export function refuseWrite(actor: Actor, write: WriteAtHand): WriteRefusal | null {
  const definition = entityDefinition(write.entity);
  if (definition === undefined)
    return actor.roles.some((role) => working.has(role)) ? null : notPermitted('a role that works on records');
  const [problem] = validateWrite(write.entity, write.fields).problems;
  if (problem)
    return {
      code: 'bad-value',
      field: problem.field ?? null,
      expected: `${problem.kind} ${String(problem.values?.['expected'] ?? problem.values?.['max'] ?? '')}`.trim(),
    };
  const creates = write.before === undefined && !write.hasParents;
  const [missing] = creates ? missingFields(definition, write.fields) : [];
  if (missing !== undefined) return { code: 'bad-value', field: missing, expected: 'required-field' };
  return (
    refuseField(write) ??
    refuseAuthor(actor, definition, write) ??
    refuseVerbs(actor, definition.kind as EntityKind, write, creates)
  );
}

/** Fields that are never written twice, and numbers that an authority gives. */
function refuseField({ entity, fields, before = {} }: WriteAtHand): WriteRefusal | null {
  const definition = entityDefinition(entity);
  for (const [field, value] of Object.entries(fields)) {
    const merge = definition && fieldDefinition(definition, field)?.merge;
    const held = before[field] ?? null;
    if (held === null || held === value) continue;
    if (merge === 'authority') return { code: 'authority-field', field, expected: 'the number the authority gave' };
    if (merge === 'fixed') return { code: 'fixed-field', field, expected: 'the value written first' };
  }
  return null;
}

/** A record that names its author is written by nobody else: an approval counts because it is somebody's own. */
function refuseAuthor(
  actor: Actor,
  { authored }: EntityDefinition,
  { fields, before }: WriteAtHand,
): WriteRefusal | null {
  const author = authored === undefined ? actor.person : (before?.[authored] ?? fields[authored]);
  return author === actor.person ? null : notPermitted(`write in the name of another`, authored ?? null);
}

function refuseVerbs(actor: Actor, entity: EntityKind, write: WriteAtHand, creates: boolean): WriteRefusal | null {
  if (isOwnPerson(actor, write, creates)) return null;
  const owner = entityDefinition(entity)?.partOf;
  if (owner !== undefined) return refuseEntry(actor, owner as EntityKind, write, creates);
  const values = creates ? write.fields : (write.before ?? {});
  if (creates) {
    if (!may(actor, 'create', { entity, values })) return notPermitted('create');
    const other = entity === 'ticket' && (write.fields['openedBy'] ?? actor.person) !== actor.person;
    return other && !may(actor, 'edit', { entity, values }) ? notPermitted('openedBy: yourself', 'openedBy') : null;
  }
  for (const [verb, field] of verbsOf(entity, write))
    if (!may(actor, verb, { entity, values })) return notPermitted(verb, field);
  return null;
}

/** What anybody may write of their own person record. */
const ownFields = new Set(['name', 'email', 'phone', 'jobTitle', 'site']);

/** A desk begins with the person at it, before it knows an endpoint: that record must get in, whatever the role. */
function isOwnPerson(actor: Actor, { entity, id, fields }: WriteAtHand, creates: boolean): boolean {
  if (entity !== 'person' || id !== actor.person) return false;
  return creates || Object.keys(fields).every((field) => ownFields.has(field));
}

function refuseEntry(
  actor: Actor,
  owner: EntityKind,
  { entity, fields, before, ticket = {} }: WriteAtHand,
  creates: boolean,
): WriteRefusal | null {
  const author = creates ? fields['author'] : before?.['author'];
  const edits = may(actor, 'edit', { entity: owner, values: ticket });
  if (!creates) return edits || author === actor.person ? null : notPermitted('the author of the entry');
  const verb: Verb = fields['audience'] === 'work-note' ? 'work-note' : 'comment';
  const audience = fields['audience'] ?? null;
  if (!may(actor, verb, { entity: entity as EntityKind, values: { ...ticket, audience } })) return notPermitted(verb);
  return author === actor.person || edits ? null : notPermitted('author: yourself', 'author');
}

/** What a write to an existing record does, by the state it leads to; with a field it needs the right for. */
function verbsOf(entity: EntityKind, { fields, before = {} }: WriteAtHand): ReadonlyMap<Verb, string> {
  const verbs = new Map<Verb, string>();
  const move = entity === 'ticket' ? moveOf(fields, before) : undefined;
  if (move !== undefined) verbs.set(move, 'state');
  for (const field of Object.keys(fields))
    if (move === undefined || !fieldsOfMoves.has(field)) verbs.set('edit', field);
  return verbs;
}

function moveOf(fields: Readonly<Record<string, FieldValue>>, before: RecordValues): Verb | undefined {
  if (!Object.hasOwn(fields, 'state')) return undefined;
  const to = fields['state'];
  if (to === 'resolved') return 'resolve';
  if (to === 'closed') return 'close';
  if (to === 'canceled') return 'cancel';
  return finished.has(before['state']) || Object.hasOwn(fields, 'reopenCount') ? 'reopen' : 'edit';
}

function notPermitted(expected: string, field: string | null = null): WriteRefusal {
  return { code: 'not-permitted', field, expected: `the right to ${expected}` };
}
