import { entityDefinition, fieldDefinition } from '../../shared/domain/entities.ts';
import type { FieldValue } from '../../shared/sync/operation.ts';
import { isCommonKey, type Translate } from '../services/text.ts';
import type { CommonKey } from '../services/common-messages.ts';

/** A value of a field of a record of this kind, as it came from a change, a conflict or a refusal. */
export interface ShownValue {
  readonly entity: string;
  readonly field: string;
  readonly value: FieldValue;
  /** Title of the record it points to. */
  readonly title?: string | undefined;
}

/**
 * A value in words: choices by name, references by title, instants by `instant`, an element of a set by its title or
 * name. Texts are given whole.
 */
export function valueText(
  text: Translate<CommonKey>,
  { entity, field, value, title }: ShownValue,
  instant: (at: number) => string,
): string {
  const [name = field, element] = field.split('/', 2);
  if (element !== undefined) return value === true ? (title ?? '') || element : text('value.none');
  if (value === null || value === '') return text('value.none');
  if (title !== undefined && title !== '') return title;
  const choice = `choice.${name}.${String(value)}`;
  if (isCommonKey(choice)) return text(choice);
  if (typeof value === 'boolean') return text(value ? 'value.yes' : 'value.no');
  const definition = entityDefinition(entity);
  const type = definition === undefined ? undefined : fieldDefinition(definition, name)?.type;
  if (type === 'reference') return text('value.missing');
  if (type === 'instant' && typeof value === 'number') return instant(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
