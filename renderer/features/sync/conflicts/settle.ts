import type { FieldValue } from '../../../../shared/sync/operation.ts';
import type { ConflictList, ConflictRow, FieldConflict } from '../../../data/sync-api.ts';
import { fieldText } from '../../../widgets/choice-text.ts';
import type { Desk } from '../../../widgets/desk.ts';
import { valueText } from '../../../widgets/value-text.ts';
import type { ReviewedRecord } from './field-review.ts';
import { shownValueOf } from './field-review.ts';

/** Records of one command; the data worker takes no more at once. */
const recordsAtOnce = 500;
const toldCharacters = 40;

/** Ends the choice for one field with this value. False when it was refused; the reason has been told. */
export async function settleField(
  desk: Desk,
  { entity, id }: Pick<ReviewedRecord, 'entity' | 'id'>,
  conflict: FieldConflict,
  value: FieldValue,
): Promise<boolean> {
  const { field } = conflict;
  const title = conflict.heads.find((head) => head.value === value)?.title;
  const words = valueText(desk.translate, { entity, field, value, title }, (at) => new Date(at).toLocaleString());
  const told = words.length > toldCharacters ? `${words.slice(0, toldCharacters)}…` : words;
  const done = desk.translate('conflict.kept', { field: fieldText(desk.translate, entity, field), value: told });
  const outcome = await desk.runner.run('record.settle', { entity, id, fields: { [field]: value } }, { done });
  return outcome.ok;
}

/** Keeps what is shown in every field of one record. */
export async function keepShown(desk: Desk, record: ReviewedRecord): Promise<boolean> {
  const done = desk.translate('conflict.kept-shown', { count: record.fields.length });
  const outcome = await desk.runner.run('record.settle', shownOf(record), { done });
  return outcome.ok;
}

/** Keeps what is shown in every record that needs a choice, in as few operations as it takes. */
export async function keepAllShown(desk: Desk): Promise<void> {
  for (let before = Number.POSITIVE_INFINITY; ;) {
    const query = { type: 'conflicts', offset: 0, limit: recordsAtOnce } as const;
    const { rows, total } = (await desk.services.data.call('query', query)) as ConflictList;
    // Also ends when others are as fast as this: what came meanwhile should be seen first.
    if (rows.length === 0 || total >= before) return;
    before = total;
    const done = desk.translate('conflict.kept-all', { count: rows.length });
    const outcome = await desk.runner.run('record.settle', { records: rows.map(shownOf) }, { done });
    if (!outcome.ok) return;
  }
}

function shownOf({ entity, id, fields }: Pick<ConflictRow | ReviewedRecord, 'entity' | 'id' | 'fields'>): {
  readonly entity: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
} {
  return { entity, id, fields: Object.fromEntries(fields.map((field) => [field.field, shownValueOf(field)])) };
}
