import { z } from 'zod';
import { fail, succeed } from '../result.ts';
import type { FieldValue } from '../sync/operation.ts';
import type { RecordValues, Refusal } from './change.ts';
import { fieldsInput, idInput } from './command-input.ts';
import type { DecisionContext, DecisionRow } from './command.ts';
import { entities, plainKinds, type PlainKind } from './entities.ts';
import type { EntityDefinition } from './field.ts';
import { checkReferences, editFields, referencedIds } from './field-edit.ts';
import { findRow } from './find-row.ts';
import { refuse } from './refusal.ts';
import { registerCommand } from './register-command.ts';
import { missingFields } from './validate-write.ts';

const plainKind: z.ZodType<PlainKind> = z.enum(plainKinds);

/** `record.create` {entity, fields, id?}: any plain kind of the registry. Set fields take whole lists. */
export const createRecord = registerCommand({
  name: 'record.create',
  input: z.strictObject({ entity: plainKind, fields: fieldsInput, id: idInput.optional() }),
  reads: (input) => ({
    ids: [...(input.id === undefined ? [] : [input.id]), ...referencedIds(entities[input.entity], input.fields)],
  }),
  decide: (input, rows, context) => {
    const id = input.id ?? context.newId();
    if (rows.has(id)) return refuse('record-exists', { field: 'id', values: { id } });
    const definition: EntityDefinition = entities[input.entity];
    const edited = editFields(definition, input.fields, {}, true);
    if (!edited.ok) return edited;
    const fields = { active: true, ...edited.value, ...referenceOf(input.entity, context) };
    const [missing] = missingFields(definition, fields);
    if (missing !== undefined) return refuse('required-field', { field: missing });
    const problem = checkReferences(definition, edited.value, rows) ?? definition.check?.(fields, {}) ?? null;
    return problem ? fail(problem) : succeed([{ entity: input.entity, id, create: true, fields }]);
  },
});

/** `record.edit` {entity, id, fields}. `active: false` takes a record out of use; nothing is deleted. */
export const editRecord = registerCommand({
  name: 'record.edit',
  input: z.strictObject({ entity: plainKind, id: idInput, fields: fieldsInput }),
  reads: (input) => ({ ids: [input.id, ...referencedIds(entities[input.entity], input.fields)] }),
  decide: ({ entity, id, fields: given }, rows: ReadonlyMap<string, DecisionRow>) => {
    const found = findRow(rows, id, entity);
    if (!found.ok) return found;
    const definition: EntityDefinition = entities[entity];
    const edited = editFields(definition, given, found.value.values, false);
    if (!edited.ok) return edited;
    const after = { ...found.value.values, ...edited.value };
    const problem =
      checkReferences(definition, edited.value, rows) ??
      concerning(edited.value, definition.check?.(after, found.value.values));
    if (problem) return fail(problem);
    return succeed(Object.keys(edited.value).length === 0 ? [] : [{ entity, id, fields: edited.value }]);
  },
});

/** Kinds with a prefix get a device reference when they have a field for it (D1). */
function referenceOf(entity: PlainKind, context: DecisionContext): Readonly<Record<string, FieldValue>> {
  const { referencePrefix, fields } = entities[entity];
  return referencePrefix !== null && 'reference' in fields ? { reference: context.newReference(referencePrefix) } : {};
}

/** What was wrong before, in a field that is not touched, does not stand in the way of mending another. */
function concerning(edited: RecordValues, problem: Refusal | null | undefined): Refusal | null {
  const field = problem?.field;
  if (!problem || field === undefined) return problem ?? null;
  return Object.keys(edited).some((name) => name.split('/', 1)[0] === field) ? problem : null;
}
