import { z } from 'zod';
import { fail, succeed, type Result } from '../result.ts';
import type { FieldValue } from '../sync/operation.ts';
import { deletedField, isReviewed } from '../sync/shown.ts';
import type { Change, Refusal } from './change.ts';
import { fieldsInput, idInput } from './command-input.ts';
import { entities, fieldDefinition, type EntityKind } from './entities.ts';
import type { EntityDefinition } from './field.ts';
import { cleanText } from './field-edit.ts';
import { findRow } from './find-row.ts';
import { refuse } from './refusal.ts';
import { registerCommand } from './register-command.ts';
import { checkValue } from './validate-write.ts';

/** Kinds whose fields can come into review: entries of a log are written once. */
const reviewedKinds = Object.keys(entities).filter(
  (kind): kind is EntityKind => !('partOf' in entities[kind as EntityKind]),
);
/** Records of one "keep shown" for many. */
const recordsAtMost = 500;

const settlement = z.strictObject({ entity: z.enum(reviewedKinds), id: idInput, fields: fieldsInput });
type Settlement = z.infer<typeof settlement>;

/**
 * `record.settle` {entity, id, fields}, or {records: [...]} for many: writes the value chosen in review, also when it is
 * the one shown. The operation names all heads there are as parents, and so ends the choice on every device (D3).
 * `$deleted: null` keeps a record that somebody deleted while another edited it.
 */
export const settleRecord = registerCommand({
  name: 'record.settle',
  input: z.union([settlement, z.strictObject({ records: z.array(settlement).min(1).max(recordsAtMost) })]),
  reads: (input) => ({ ids: listOf(input).map(({ id }) => id) }),
  decide: (input, rows) => {
    const changes: Change[] = [];
    for (const { entity, id, fields } of listOf(input)) {
      const found = findRow(rows, id, entity);
      if (!found.ok) return found;
      const chosen = chooseFields(entities[entity], fields);
      if (!chosen.ok) return chosen;
      if (Object.keys(chosen.value).length > 0) changes.push({ entity, id, fields: chosen.value });
    }
    return succeed(changes);
  },
});

function listOf(input: Settlement | { readonly records: readonly Settlement[] }): readonly Settlement[] {
  return 'records' in input ? input.records : [input];
}

function chooseFields(
  definition: EntityDefinition,
  fields: Readonly<Record<string, FieldValue>>,
): Result<Change['fields'], Refusal> {
  const chosen: [string, FieldValue][] = [];
  for (const [name, given] of Object.entries(fields)) {
    if (name === deletedField) {
      if (given !== null) return refuse('bad-input', { field: name, values: { expected: 'null', got: 'a value' } });
      chosen.push([name, null]);
      continue;
    }
    const field = fieldDefinition(definition, name);
    if (!field) return refuse('unknown-field', { field: name, values: { entity: definition.kind } });
    if (!isReviewed(field.merge)) return refuse('fixed-field', { field: name });
    const value = typeof given === 'string' ? cleanText(field, given) : given;
    const problem = checkValue(field, name, value);
    if (problem) return fail(problem);
    chosen.push([name, value]);
  }
  return succeed(Object.fromEntries(chosen));
}
