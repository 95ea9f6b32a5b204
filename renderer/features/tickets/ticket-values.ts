import { choiceAmong, stateOf } from '../../../shared/domain/ticket/ticket-values.ts';
import { priorities, type Priority, type TicketState } from '../../../shared/domain/ticket/ticket.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';

/** The state as it is drawn; one of a newer version is drawn as new, its word is shown as it is. */
export function drawnState(values: RecordValues): TicketState {
  return stateOf(values) ?? 'new';
}

export function drawnPriority(values: RecordValues): Priority {
  return choiceAmong(priorities, values['priority']) ?? '5';
}

/** Elements of a set field: `tags/vip: true` gives `vip`. */
export function elementsOf(values: RecordValues, field: string): readonly string[] {
  const prefix = `${field}/`;
  return Object.entries(values)
    .filter(([name, value]) => name.startsWith(prefix) && value === true)
    .map(([name]) => name.slice(prefix.length));
}
