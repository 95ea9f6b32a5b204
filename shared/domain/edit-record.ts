import { z } from 'zod';
import { fail, succeed } from '../result.ts';
import type { FieldValue } from '../sync/operation.ts';
import type { Refusal } from './change.ts';
import { fieldsInput, idInput } from './command-input.ts';
import type { DecisionContext, DecisionRow } from './command.ts';
import { entities, type EntityKind } from './entities.ts';
import { checkReferences, editFields, referencedIds } from './field-edit.ts';
import { findRow } from './find-row.ts';
import { refuse } from './refusal.ts';
import { registerCommand } from './register-command.ts';
import { missingFields } from './validate-write.ts';

/** Kinds that have no rules of their own: any of their fields may be edited. Adding a kind here gives it both commands. */
export const plainKinds = ['person', 'queue', 'service', 'asset', 'site'] as const satisfies readonly EntityKind[];

/** `record.create` {entity, fields, id?}: a person, queue, service, asset or site. Set fields take whole lists. */
export const createRecord = registerCommand({
  name: 'record.create',
  input: z.strictObject({ entity: z.enum(plainKinds), fields: fieldsInput, id: idInput.optional() }),
  reads: (input) => ({
    ids: [...(input.id === undefined ? [] : [input.id]), ...referencedIds(entities[input.entity], input.fields)],
  }),
  decide: (input, rows, context) => {
    const id = input.id ?? context.newId();
    if (rows.has(id)) return refuse('record-exists', { field: 'id', values: { id } });
    const definition = entities[input.entity];
    const edited = editFields(definition, input.fields, {}, true);
    if (!edited.ok) return edited;
    const fields = { active: true, ...edited.value, ...referenceOf(input.entity, context) };
    const [missing] = missingFields(definition, fields);
    if (missing !== undefined) return refuse('required-field', { field: missing });
    const problem = checkReferences(definition, edited.value, rows) ?? checkTimeZone(edited.value['timeZone']);
    return problem ? fail(problem) : succeed([{ entity: input.entity, id, create: true, fields }]);
  },
});

/** `record.edit` {entity, id, fields}. `active: false` takes a record out of use; nothing is deleted. */
export const editRecord = registerCommand({
  name: 'record.edit',
  input: z.strictObject({ entity: z.enum(plainKinds), id: idInput, fields: fieldsInput }),
  reads: (input) => ({ ids: [input.id, ...referencedIds(entities[input.entity], input.fields)] }),
  decide: ({ entity, id, fields: given }, rows: ReadonlyMap<string, DecisionRow>) => {
    const found = findRow(rows, id, entity);
    if (!found.ok) return found;
    const edited = editFields(entities[entity], given, found.value.values, false);
    if (!edited.ok) return edited;
    const problem = checkReferences(entities[entity], edited.value, rows) ?? checkTimeZone(edited.value['timeZone']);
    if (problem) return fail(problem);
    return succeed(Object.keys(edited.value).length === 0 ? [] : [{ entity, id, fields: edited.value }]);
  },
});

/** Kinds with a prefix get a device reference when they have a field for it (D1). */
function referenceOf(entity: EntityKind, context: DecisionContext): Readonly<Record<string, FieldValue>> {
  const { referencePrefix, fields } = entities[entity];
  return referencePrefix !== null && 'reference' in fields ? { reference: context.newReference(referencePrefix) } : {};
}

function checkTimeZone(zone: FieldValue | undefined): Refusal | null {
  if (typeof zone !== 'string') return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone === ''
      ? refuse('bad-time-zone', { field: 'timeZone', values: { got: zone } }).failure
      : null;
  } catch {
    return refuse('bad-time-zone', { field: 'timeZone', values: { got: zone } }).failure;
  }
}
