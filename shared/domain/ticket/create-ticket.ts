import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { RecordValues, Refusal } from '../change.ts';
import { fieldsInput, idInput, textInput } from '../command-input.ts';
import type { DecisionContext, DecisionRow } from '../command.ts';
import { checkReferences, editFields, referencedIds } from '../field-edit.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { missingFields } from '../validate-write.ts';
import { defaultQueue } from './default-queue.ts';
import { checkOpenFields } from './move-owned-fields.ts';
import { priorityInSpace } from './priority.ts';
import { mirrorLinks } from './relate-tickets.ts';
import { writeEntry } from './ticket-entries.ts';
import { typeOf } from './ticket-values.ts';
import { ticket, type TicketType } from './ticket.ts';

type Fields = Readonly<Record<string, FieldValue>>;

/** NUM-1, D1: device references people see; identity is the UUIDv7. */
const referencePrefixes: Readonly<Record<TicketType, string>> = { incident: 'INC', request: 'REQ' };

const defaults: Fields = { type: 'incident', state: 'new', impact: '3', urgency: '3', channel: 'phone' };

/** INC-8: what a ticket made from another takes over: a request from an incident, a new incident after a closed one. */
const copiedFields = [
  'title',
  'description',
  'impact',
  'urgency',
  'category',
  'subcategory',
  'caller',
  'service',
  'asset',
  'site',
] as const;

/**
 * `ticket.create` {fields, id?, copyFrom?, comment?, workNote?}. Only the title is needed. `fields` takes whole lists
 * for tags, watchers and links. `id` is for a caller that must know it beforehand; a record that exists is refused.
 */
export const createTicket = registerCommand({
  name: 'ticket.create',
  input: z.strictObject({
    id: idInput.optional(),
    fields: fieldsInput,
    copyFrom: idInput.optional(),
    comment: textInput.optional(),
    workNote: textInput.optional(),
  }),
  reads: (input) => ({
    ids: [
      ...(input.id === undefined ? [] : [input.id]),
      ...(input.copyFrom === undefined ? [] : [input.copyFrom]),
      ...referencedIds(ticket, input.fields),
    ],
  }),
  decide: (input, rows, context) => {
    const id = input.id ?? context.newId();
    if (rows.has(id)) return refuse('record-exists', { field: 'id', values: { id } });
    const copied = copyFields(input.copyFrom, rows);
    if (!copied.ok) return copied;
    const checked = checkFields(input.fields, copied.value, rows);
    if (!checked.ok) return checked;
    const fields = { ...defaults, ...copied.value, ...checked.value };
    const created = { ...fields, ...defaultQueue(fields, rows), ...stamps(fields, context), ...linkOf(input.copyFrom) };
    return succeed([
      { entity: 'ticket', id, create: true, fields: created },
      ...writeEntry(id, 'comment', input.comment, context),
      ...writeEntry(id, 'work-note', input.workNote, context),
      ...mirrorLinks(id, created),
    ]);
  },
});

function checkFields(given: Fields, copied: Fields, rows: ReadonlyMap<string, DecisionRow>): Result<Fields, Refusal> {
  const owned = checkOpenFields(given);
  if (owned) return fail(owned);
  const edited = editFields(ticket, given, {}, true);
  if (!edited.ok) return edited;
  const [missing] = missingFields(ticket, { ...defaults, ...copied, ...edited.value });
  if (missing !== undefined) return refuse('required-field', { field: missing });
  const reference = checkReferences(ticket, edited.value, rows);
  return reference ? fail(reference) : edited;
}

function copyFields(from: string | undefined, rows: ReadonlyMap<string, DecisionRow>): Result<Fields, Refusal> {
  if (from === undefined) return succeed({});
  const source = findRow(rows, from, 'ticket');
  if (!source.ok) return fail({ ...source.failure, field: 'copyFrom' });
  const { values } = source.value;
  return succeed(
    Object.fromEntries(copiedFields.flatMap((name) => (values[name] === undefined ? [] : [[name, values[name]]]))),
  );
}

function linkOf(copyFrom: string | undefined): Fields {
  return copyFrom === undefined ? {} : { [`links/${copyFrom}`]: true };
}

function stamps(fields: RecordValues, context: DecisionContext): Fields {
  return {
    reference: context.newReference(referencePrefixes[typeOf(fields)]),
    priority: priorityInSpace(context, fields['impact'], fields['urgency']),
    openedBy: context.user,
    openedAt: context.now,
  };
}
