import type { Translate } from '../../../services/text.ts';
import type { CommonKey } from '../../../services/common-messages.ts';
import { choiceText } from '../../../widgets/choice-text.ts';
import type { TicketKey } from '../ticket-text.ts';
import { openStates } from '../ticket-views.ts';
import type { ValuesCondition } from './filter-fields.ts';

const choiceFields = new Set([
  'state',
  'priority',
  'dueStage',
  'type',
  'channel',
  'onHoldReason',
  'impact',
  'urgency',
  'resolutionCode',
]);

/** One value as people read it. `title` is the name of the record it points to, or the value itself. */
export function valueText(
  text: Translate<TicketKey | CommonKey>,
  field: string,
  value: string | null,
  title: string,
): string {
  if (value === null || value === '') return text(field === 'assignee' ? 'value.nobody' : 'value.none');
  return choiceFields.has(field) ? choiceText(text, field, value) : title || value;
}

/** The right side of the sentence a chip reads as: "open", "High or Critical", "3 queues". */
export function conditionText(
  text: Translate<TicketKey | CommonKey>,
  condition: ValuesCondition,
  titleOf: (value: string) => string,
  joined: (words: readonly string[]) => string,
): string {
  const { field, values } = condition;
  if (field === 'state' && values.length === openStates.length && openStates.every((state) => values.includes(state))) {
    return text('filter.open');
  }
  if (values.length > 2) return text('filter.many', { count: values.length });
  return joined(values.map((value) => valueText(text, field, value, value === null ? '' : titleOf(value))));
}
