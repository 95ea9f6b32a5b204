import type { RecordValues, Refusal } from '../change.ts';
import { refuse } from '../refusal.ts';
import { choiceAmong, stateOf, typeOf } from './ticket-values.ts';
import { cancelReasons, onHoldReasons, resolutionCodes, type TicketState, type TicketType } from './ticket.ts';

/** What moves a ticket from one state to another. The command is `ticket.<move>`. */
export const ticketMoves = ['start', 'hold', 'resume', 'resolve', 'reopen', 'close', 'cancel'] as const;
export type TicketMove = (typeof ticketMoves)[number];

/** What a person gives with a move. */
export interface MoveDetails {
  /** Reason of `hold` or `cancel`. */
  readonly reason?: string | undefined;
  /** Resolution code and notes of `resolve`. */
  readonly code?: string | undefined;
  readonly notes?: string | undefined;
  /** Public comment written with the move. */
  readonly comment?: string | undefined;
  readonly workNote?: string | undefined;
  /** Id of the ticket this one duplicates, for `cancel`. */
  readonly duplicateOf?: string | undefined;
}

export type GuardName = 'queue-or-assignee' | 'hold-reason' | 'comment-to-caller' | 'resolution' | 'cancel-reason';

export interface Transition {
  readonly move: TicketMove;
  readonly from: readonly TicketState[];
  readonly to: TicketState;
  readonly guards: readonly GuardName[];
}

export interface TicketMachine {
  readonly transitions: readonly Transition[];
  readonly onHoldReasons: readonly (typeof onHoldReasons)[number][];
  readonly resolutionCodes: readonly (typeof resolutionCodes)[number][];
  readonly cancelReasons: readonly (typeof cancelReasons)[number][];
}

/** The incident machine of ITIL as ServiceNow has it. `hold` on a ticket on hold changes the reason. */
const transitions: readonly Transition[] = [
  { move: 'start', from: ['new'], to: 'in-progress', guards: ['queue-or-assignee'] },
  {
    move: 'hold',
    from: ['new', 'in-progress', 'on-hold'],
    to: 'on-hold',
    guards: ['hold-reason', 'comment-to-caller'],
  },
  { move: 'resume', from: ['on-hold'], to: 'in-progress', guards: [] },
  { move: 'resolve', from: ['new', 'in-progress', 'on-hold'], to: 'resolved', guards: ['resolution'] },
  { move: 'reopen', from: ['resolved'], to: 'in-progress', guards: [] },
  { move: 'close', from: ['resolved'], to: 'closed', guards: [] },
  { move: 'cancel', from: ['new', 'in-progress', 'on-hold'], to: 'canceled', guards: ['cancel-reason'] },
];

/**
 * Requests walk the same states: submitted = new, in fulfilment = in-progress, fulfilled = resolved; awaiting approval
 * is a reason to hold (so that target clocks stop, REQ-2) and rejected a reason to cancel.
 */
export const ticketMachines: Readonly<Record<TicketType, TicketMachine>> = {
  incident: {
    transitions,
    onHoldReasons: ['awaiting-caller', 'awaiting-change', 'awaiting-problem', 'awaiting-vendor'],
    resolutionCodes: resolutionCodes.filter((code) => code !== 'fulfilled'),
    cancelReasons: ['duplicate', 'not-an-incident', 'unnecessary'],
  },
  request: {
    transitions,
    onHoldReasons: ['awaiting-approval', 'awaiting-caller', 'awaiting-change', 'awaiting-vendor'],
    resolutionCodes: ['fulfilled', 'solved-by-workaround', 'solved-by-caller', 'other'],
    cancelReasons: ['duplicate', 'unnecessary', 'rejected'],
  },
};

type Guard = (values: RecordValues, details: MoveDetails) => Refusal | null;

export const guards: Readonly<Record<GuardName, Guard>> = {
  'queue-or-assignee': (values) =>
    values['queue'] || values['assignee'] ? null : refuse('queue-or-assignee-required', { field: 'queue' }).failure,
  'hold-reason': (values, details) =>
    checkChoice(values, 'onHoldReasons', details.reason, onHoldReasons, 'hold-reason-required', 'reason'),
  'comment-to-caller': (_values, details) =>
    details.reason === 'awaiting-caller' && isBlank(details.comment)
      ? refuse('comment-to-caller-required', { field: 'comment' }).failure
      : null,
  resolution: (values, details) =>
    checkChoice(values, 'resolutionCodes', details.code, resolutionCodes, 'resolution-required', 'code') ??
    (isBlank(details.notes) ? refuse('resolution-required', { field: 'notes' }).failure : null),
  'cancel-reason': (values, details) =>
    checkChoice(values, 'cancelReasons', details.reason, cancelReasons, 'cancel-reason-required', 'reason') ??
    (details.reason === 'duplicate' && isBlank(details.duplicateOf)
      ? refuse('other-ticket-required', { field: 'duplicateOf' }).failure
      : null),
};

function checkChoice(
  values: RecordValues,
  list: 'onHoldReasons' | 'resolutionCodes' | 'cancelReasons',
  given: string | undefined,
  everywhere: readonly string[],
  missing: 'hold-reason-required' | 'resolution-required' | 'cancel-reason-required',
  field: string,
): Refusal | null {
  if (isBlank(given)) return refuse(missing, { field }).failure;
  const type = typeOf(values);
  const allowed = ticketMachines[type][list];
  if (choiceAmong<string>(allowed, given) !== undefined) return null;
  const expected = allowed.join(', ');
  return choiceAmong(everywhere, given) === undefined
    ? refuse('bad-choice', { field, values: { expected, got: given ?? '' } }).failure
    : refuse('choice-of-another-type', { field, values: { type, expected, got: given ?? '' } }).failure;
}

/** The transition of `move` from the ticket's state, or why there is none. */
export function findTransition(values: RecordValues, move: TicketMove): Transition | Refusal {
  const state = stateOf(values);
  const known = ticketMachines[typeOf(values)].transitions.filter((transition) => transition.move === move);
  const found = known.find((transition) => state !== undefined && transition.from.includes(state));
  if (found) return found;
  if (state === 'closed' || state === 'canceled')
    return refuse('ticket-finished', { field: 'state', values: { state } }).failure;
  const to = known[0]?.to ?? move;
  return refuse('no-such-move', { field: 'state', values: { from: String(values['state'] ?? 'new'), to } }).failure;
}

export interface AllowedMove {
  readonly move: TicketMove;
  readonly to: TicketState;
  /** What the person must give: names of `MoveDetails`. */
  readonly inputs: readonly ('reason' | 'code' | 'notes')[];
  /** Why the move is not possible with the ticket as it is; null when it is. */
  readonly blocked: Refusal | null;
}

const guardInputs: Readonly<Record<GuardName, AllowedMove['inputs']>> = {
  'queue-or-assignee': [],
  'hold-reason': ['reason'],
  'comment-to-caller': [],
  resolution: ['code', 'notes'],
  'cancel-reason': ['reason'],
};

/** The moves a ticket's state offers, in the order of the machine: buttons and menus show these. */
export function allowedMoves(values: RecordValues): readonly AllowedMove[] {
  const state = stateOf(values);
  if (state === undefined) return [];
  return ticketMachines[typeOf(values)].transitions
    .filter((transition) => transition.from.includes(state))
    .map((transition) => ({
      move: transition.move,
      to: transition.to,
      inputs: transition.guards.flatMap((guard) => guardInputs[guard]),
      blocked: transition.guards.includes('queue-or-assignee') ? guards['queue-or-assignee'](values, {}) : null,
    }));
}

function isBlank(text: string | undefined): boolean {
  return text === undefined || text.trim() === '';
}
