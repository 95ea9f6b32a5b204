import type { Row } from '../../../data/data-api.ts';
import type { Presence } from '../../../data/sync-api.ts';
import type { Translate } from '../../../services/text.ts';
import type { CommonKey } from '../../../services/common-messages.ts';
import { editingNames } from '../../../widgets/editing-mark.tsx';
import { choiceText } from '../../../widgets/choice-text.ts';
import { referenceOf, rowTitle, textValue } from '../../../widgets/row-title.ts';
import type { TicketKey } from '../ticket-text.ts';

/** Stages of the next target that a list says aloud. */
const loudStages = new Set(['breached', 'due-soon', 'paused']);

/** A row as a screen reader says it: what matters first. */
export function rowLabel(
  text: Translate<TicketKey | CommonKey>,
  row: Row,
  isUnread: boolean,
  present: readonly Presence[] = [],
): string {
  const { values, titles } = row;
  return [
    isUnread ? text('row.unread') : '',
    rowTitle(row),
    referenceOf(values),
    choiceText(text, 'state', textValue(values, 'state') || 'new'),
    choiceText(text, 'priority', textValue(values, 'priority') || '5'),
    loudStages.has(textValue(values, 'dueStage')) ? choiceText(text, 'dueStage', textValue(values, 'dueStage')) : '',
    titles['caller'] ?? '',
    titles['assignee'] ?? text('value.nobody'),
    editingNames(text, present),
    row.conflict ? text('mark.conflict') : row.pending ? text('mark.pending') : '',
  ]
    .filter((part) => part !== '')
    .join(', ');
}
