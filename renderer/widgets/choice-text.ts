import { isCommonKey, type Translate } from '../services/text.ts';
import type { CommonKey } from '../services/common-messages.ts';

/** Word of a choice, e.g. of the state `on-hold`. A choice of a newer version is shown as it is. */
export function choiceText(text: Translate<CommonKey>, field: string, value: string): string {
  const key = `choice.${field}.${value}`;
  return isCommonKey(key) ? text(key) : value;
}

/** Name of a field of a kind of record. */
export function fieldText(text: Translate<CommonKey>, entity: string, field: string): string {
  const own = `field.${entity}.${field}`;
  if (isCommonKey(own)) return text(own);
  const common = `field.${field}`;
  return isCommonKey(common) ? text(common) : text('field.unknown', { name: field });
}
