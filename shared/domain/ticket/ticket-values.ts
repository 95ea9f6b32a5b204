import type { RecordValues } from '../change.ts';
import { ticketStates, ticketTypes, type TicketState, type TicketType } from './ticket.ts';

/** The value as one of `choices`, or undefined when it is absent or was written by a newer version. */
export function choiceAmong<Choice extends string>(choices: readonly Choice[], value: unknown): Choice | undefined {
  return choices.find((choice) => choice === value);
}

/** A ticket that never got a state is new. A state this version does not know is undefined: nothing may be done to it. */
export function stateOf(values: RecordValues): TicketState | undefined {
  const state = values['state'];
  return state === undefined || state === null ? 'new' : choiceAmong(ticketStates, state);
}

export function typeOf(values: RecordValues): TicketType {
  return choiceAmong(ticketTypes, values['type']) ?? 'incident';
}

export function isFinished(values: RecordValues): boolean {
  const state = stateOf(values);
  return state === 'closed' || state === 'canceled';
}

/** What people call the ticket: its official number, else its device reference (D1). */
export function labelOf(values: RecordValues): string {
  return textOf(values['number']) ?? textOf(values['reference']) ?? textOf(values['title']) ?? '';
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
