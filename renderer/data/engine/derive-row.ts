import { entityDefinition, fieldDefinition } from '../../../shared/domain/entities.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import { precedenceOf } from '../../../shared/domain/precedence.ts';
import type { RecordState } from '../../../shared/sync/record-state.ts';
import { deletionOf, headsInReview, shownValues } from '../../../shared/sync/shown.ts';
import type { FieldRules } from '../../../shared/sync/shown.ts';
import type { RowInput } from '../columns/column-table.ts';
import type { Body } from '../storage/body.ts';

const rulesByKind = new Map<string, FieldRules>();

/** How the fields of a kind merge, from the registry; a field or kind of a newer version merges as a register. */
export function fieldRules(kind: string): FieldRules {
  const known = rulesByKind.get(kind);
  if (known) return known;
  const definition = entityDefinition(kind);
  const rules: FieldRules = {
    classOf: (field) => (definition && fieldDefinition(definition, field)?.merge) ?? 'register',
    precedenceOf: (field) => precedenceOf(kind, field),
  };
  rulesByKind.set(kind, rules);
  return rules;
}

export function valuesOf(state: RecordState): RecordValues {
  return shownValues(state, fieldRules(state.entity));
}

function withComputed(entity: string, values: RecordValues): RecordValues {
  const computed = entityDefinition(entity)?.computed;
  if (computed === undefined) return values;
  return { ...values, ...Object.fromEntries(Object.entries(computed).map(([name, { of }]) => [name, of(values)])) };
}

/** Fields with more than one value to choose from. */
export function fieldsInReview(state: RecordState): readonly string[] {
  const rules = fieldRules(state.entity);
  return Object.entries(state.fields)
    .filter(([name, register]) => register.heads.length > 1 && headsInReview(register, rules.classOf(name)).length > 0)
    .map(([name]) => name);
}

/** Whether a record is there: not deleted, not taken out with the refused operation that made it, not out of scope. */
export function isShown(state: RecordState): boolean {
  return Object.keys(state.fields).length > 0 && deletionOf(state) !== 'deleted';
}

/** What the columns hold of a record: a function of its body alone, so that rebuilt equals incremental (D15). */
export function deriveRow(body: Body): RowInput {
  const deletion = deletionOf(body.state);
  return {
    id: body.id,
    values: withComputed(body.entity, valuesOf(body.state)),
    createdAt: body.createdAt,
    updatedAt: body.updatedAt,
    ownSeq: body.ownSeq,
    conflict: deletion === 'edited-after-deletion' || fieldsInReview(body.state).length > 0,
    deleted: !isShown(body.state),
  };
}
