import { entityDefinition, fieldDefinition } from '../../../../shared/domain/entities.ts';
import type { RefusedOperation } from '../../../data/sync-api.ts';
import { fieldText } from '../../../widgets/choice-text.ts';
import { valueText } from '../../../widgets/value-text.ts';
import { isSyncKey, type SyncText } from '../sync-text.ts';

/** Why an operation was not accepted, and what to do about it, in plain words. */
export function refusedReason(
  text: SyncText,
  refused: RefusedOperation,
): { readonly why: string; readonly do: string } {
  const { code, entity, field } = refused;
  const values = { code, field: field === null ? '' : fieldText(text, entity, baseName(field)) };
  const named = `refused.${code}-field`;
  const plain = `refused.${code}`;
  const advice = `refused.${code}.do`;
  const why =
    field !== null && isSyncKey(named)
      ? text(named, values)
      : text(isSyncKey(plain) ? plain : 'refused.unknown', values);
  return { why, do: text(isSyncKey(advice) ? advice : 'refused.unknown.do') };
}

/** What was to be written, one line a field. Texts are whole: they are nowhere else. */
export function refusedValues(
  text: SyncText,
  { values }: RefusedOperation,
  titles: ReadonlyMap<string, string>,
  instant: (at: number) => string,
): readonly { readonly key: string; readonly name: string; readonly value: string }[] {
  return values.filter(isWritten).map((each, index) => ({
    key: `${each.id} ${each.field} ${index}`,
    name: fieldText(text, each.entity, baseName(each.field)),
    value: valueText(text, { ...each, title: titles.get(pointedTo(each) ?? '') }, instant),
  }));
}

/** For the clipboard: enough for a colleague to enter it. */
export function refusedAsText(
  text: SyncText,
  refused: RefusedOperation,
  titles: ReadonlyMap<string, string>,
  instant: (at: number) => string,
): string {
  const head = [refused.reference, refused.title].filter((part) => part !== '').join(' ');
  const lines = refusedValues(text, refused, titles, instant).map(({ name, value }) => `${name}: ${value}`);
  return [head, refusedReason(text, refused).why, '', ...lines].join('\n').trim();
}

/** Records that the values point to: their titles are what a person reads. */
export function refusedReferences({ values }: RefusedOperation): readonly string[] {
  return values.filter(isWritten).flatMap((each) => pointedTo(each) ?? []);
}

/** The ticket it was about: that of a comment is among its values. Null when the operation names none. */
export function refusedTicket({ entity, id, values }: RefusedOperation): string | null {
  if (entity === 'ticket') return id;
  const ticket = values.find((each) => each.entity === 'ticket-entry' && each.field === 'ticket')?.value;
  return typeof ticket === 'string' ? ticket : null;
}

type Value = RefusedOperation['values'][number];

/** Whether a person reads something in it: not in times and counts that decisions stamp, nor in what ties a comment to its ticket. */
function isWritten({ entity, field }: Value): boolean {
  const definition = entityDefinition(entity);
  if (field.startsWith('$') || definition?.partOf === field) return false;
  const known = definition === undefined ? undefined : fieldDefinition(definition, field);
  if (definition?.partOf !== undefined) return known?.type === 'text';
  return known?.stamped !== true || known.type === 'choice';
}

/** The record a value, or the element of a set, points to. */
function pointedTo({ entity, field, value }: Value): string | undefined {
  const definition = entityDefinition(entity);
  const known = definition === undefined ? undefined : fieldDefinition(definition, field);
  if (known?.type !== 'reference') return undefined;
  if (field.includes('/')) return field.slice(field.indexOf('/') + 1);
  return typeof value === 'string' ? value : undefined;
}

/** `tags/vip` is an element of the field `tags`. */
function baseName(field: string): string {
  return field.split('/', 1)[0] ?? field;
}
