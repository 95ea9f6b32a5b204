import type { FieldValue } from '../sync/operation.ts';
import { defaultPriorityMatrix, priorityOf } from '../domain/ticket/priority.ts';
import { valueText } from './value-text.ts';

export type Fields = Record<string, FieldValue>;

/** What a ticket must have and a file may leave out, as `ticket.create` fills it in. */
export function completeTicket(fields: Fields): Fields {
  const complete: Fields = { type: 'incident', state: 'new', impact: '3', urgency: '3', ...present(fields) };
  if (complete['priority'] === undefined)
    complete['priority'] = priorityOf(defaultPriorityMatrix, complete['impact'], complete['urgency']);
  return complete;
}

/** Priority is a register that an import may set: the history it brings was decided by another matrix (PRI-1 holds from the next edit on). */
export function priorityDiffers(fields: Readonly<Record<string, FieldValue>>): boolean {
  const { impact, urgency, priority } = fields;
  if (typeof priority !== 'string' || typeof impact !== 'string' || typeof urgency !== 'string') return false;
  return priority !== priorityOf(defaultPriorityMatrix, impact, urgency);
}

/** A title for a ticket whose file has none: what it is about, from its categories. */
export function composeTitle(fields: Readonly<Record<string, FieldValue>>, key: string): string {
  const words = ['category', 'subcategory', 'symptom']
    .map((name) => valueText(fields[name]))
    .filter((word) => word !== '');
  return words.length > 0 ? words.join(' · ').slice(0, 200) : key;
}

export function referencePrefix(fields: Readonly<Record<string, FieldValue>>): string {
  return fields['type'] === 'request' ? 'REQ' : 'INC';
}

export function present(fields: Readonly<Record<string, FieldValue | undefined>>): Fields {
  const kept: Fields = {};
  for (const [name, value] of Object.entries(fields)) if (value !== null && value !== undefined) kept[name] = value;
  return kept;
}

/** The fields whose value is another than before; null and never written are the same. */
export function differences(
  before: Readonly<Record<string, FieldValue>>,
  after: Readonly<Record<string, FieldValue>>,
): Fields {
  const changed: Fields = {};
  for (const name in after) {
    const value = after[name] ?? null;
    if (value !== (before[name] ?? null)) changed[name] = value;
  }
  return changed;
}
