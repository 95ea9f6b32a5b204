import type { RecordValues } from '../../shared/domain/change.ts';
import { entityDefinition, fieldDefinition } from '../../shared/domain/entities.ts';
import { precedenceOf } from '../../shared/domain/precedence.ts';
import type { FieldRules } from '../../shared/sync/shown.ts';
import { shownValues } from '../../shared/sync/shown.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';

/** Values of a record as every desk shows them. */
export function valuesShown(state: RecordState): RecordValues {
  return shownValues(state, rulesOf(state.entity));
}

function rulesOf(entity: string): FieldRules {
  const definition = entityDefinition(entity);
  return {
    classOf: (field) => (definition && fieldDefinition(definition, field)?.merge) ?? 'register',
    precedenceOf: (field) => precedenceOf(entity, field),
  };
}

/** Key of the record an entry of a log belongs to, e.g. a comment's ticket; null for what stands alone. */
export function ownerKey(entity: string, values: RecordValues): string | null {
  const definition = entityDefinition(entity);
  const field = definition?.partOf;
  const id = field === undefined ? undefined : values[field];
  const owner = field === undefined || !definition ? undefined : fieldDefinition(definition, field);
  return typeof id === 'string' && owner?.type === 'reference' ? `${owner.to}/${id}` : null;
}
