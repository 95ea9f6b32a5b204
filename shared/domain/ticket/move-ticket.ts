import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { Change, Refusal } from '../change.ts';
import type { Command, DecisionContext, DecisionRow, ReadRequest } from '../command.ts';
import { findRow } from '../find-row.ts';
import { idInput, textInput } from '../command-input.ts';
import { registerCommand } from '../register-command.ts';
import { refuse } from '../refusal.ts';
import { moveFields } from './move-fields.ts';
import { cascadeMove } from './parent-cascade.ts';
import { writeEntry } from './ticket-entries.ts';
import { ticketMachines, type MoveDetails, type TicketMove } from './ticket-lifecycle.ts';
import { labelOf, stateOf, typeOf } from './ticket-values.ts';
import { ticketStates } from './ticket.ts';

export interface MoveInput extends MoveDetails {
  readonly id: string;
}
type Rows = ReadonlyMap<string, DecisionRow>;

const written = { comment: textInput.optional(), workNote: textInput.optional() };
const reason = z.string().optional();
const details = {
  reason,
  code: z.string().optional(),
  notes: textInput.optional(),
  duplicateOf: idInput.optional(),
  ...written,
};

const moveInputs: Readonly<Record<TicketMove, z.ZodType<MoveInput>>> = {
  start: z.strictObject({ id: idInput, ...written }),
  hold: z.strictObject({ id: idInput, reason, ...written }),
  resume: z.strictObject({ id: idInput, ...written }),
  resolve: z.strictObject({ id: idInput, code: details.code, notes: details.notes, ...written }),
  reopen: z.strictObject({ id: idInput, ...written }),
  close: z.strictObject({ id: idInput, ...written }),
  cancel: z.strictObject({ id: idInput, reason, duplicateOf: details.duplicateOf, ...written }),
};

/** The ticket, the one it duplicates, and its descendants for the cascade. */
function readsOfMove(input: MoveInput): ReadRequest {
  const ids = input.duplicateOf === undefined ? [input.id] : [input.id, input.duplicateOf];
  return { ids, pointing: [{ entity: 'ticket', field: 'parent', to: input.id, deep: true }] };
}

function commandOf(move: TicketMove): Command<MoveInput> {
  return {
    name: `ticket.${move}`,
    input: moveInputs[move],
    reads: readsOfMove,
    decide: (input, rows, context) => decideMove(move, input, rows, context),
  };
}

/** `ticket.<move>` {id, comment?, workNote?} and: hold {reason}, resolve {code, notes}, cancel {reason, duplicateOf?}. */
export const startTicket = registerCommand(commandOf('start'));
export const holdTicket = registerCommand(commandOf('hold'));
export const resumeTicket = registerCommand(commandOf('resume'));
export const resolveTicket = registerCommand(commandOf('resolve'));
export const reopenTicket = registerCommand(commandOf('reopen'));
export const closeTicket = registerCommand(commandOf('close'));
export const cancelTicket = registerCommand(commandOf('cancel'));

/** For drop-downs, boards and bulk: the state wanted instead of the move; the same rules decide. */
export const changeTicketState = registerCommand({
  name: 'ticket.change-state',
  input: z.strictObject({ id: idInput, state: z.enum(ticketStates), ...details }),
  reads: readsOfMove,
  decide: (input, rows, context) => {
    const { state: to, ...move } = input;
    const found = findRow(rows, input.id, 'ticket');
    if (!found.ok) return found;
    const { values } = found.value;
    const from = stateOf(values);
    const transition = ticketMachines[typeOf(values)].transitions.find(
      (each) => each.to === to && from !== undefined && each.from.includes(from),
    );
    if (transition) return decideMove(transition.move, move, rows, context);
    if (from === to) return refuse('nothing-to-change', { field: 'state' });
    if (from === 'closed' || from === 'canceled')
      return refuse('ticket-finished', { field: 'state', values: { state: from } });
    return refuse('no-such-move', { field: 'state', values: { from: String(values['state'] ?? 'new'), to } });
  },
});

function decideMove(
  move: TicketMove,
  input: MoveInput,
  rows: Rows,
  context: DecisionContext,
): Result<readonly Change[], Refusal> {
  const found = findRow(rows, input.id, 'ticket');
  if (!found.ok) return found;
  if (move !== 'cancel' || input.duplicateOf === undefined) return moveTicket(found.value, move, input, rows, context);
  if (input.duplicateOf === input.id) return refuse('link-to-itself', { field: 'duplicateOf' });
  const other = findRow(rows, input.duplicateOf, 'ticket');
  if (!other.ok) return fail({ ...other.failure, field: 'duplicateOf' });
  const comment = nameOtherTicket(input.comment, labelOf(other.value.values));
  const moved = moveTicket(found.value, move, { ...input, comment }, rows, context);
  return moved.ok ? succeed(linkBoth(moved.value, input.id, input.duplicateOf)) : moved;
}

/** The ticket's own fields, its entries, and its children (INC-4). */
function moveTicket(
  row: DecisionRow,
  move: TicketMove,
  given: MoveDetails,
  rows: Rows,
  context: DecisionContext,
): Result<readonly Change[], Refusal> {
  const moved = moveFields(row.values, move, given, context);
  if (!moved.ok) return moved;
  const entries = [
    ...writeEntry(row.id, 'comment', given.comment, context),
    ...writeEntry(row.id, 'work-note', given.workNote, context),
  ];
  if (Object.keys(moved.value).length === 0) return succeed(entries);
  return succeed([
    { entity: 'ticket', id: row.id, fields: moved.value },
    ...entries,
    ...cascadeMove(row, move, given, rows, context),
  ]);
}

/** The comment of a duplicate, made to name the other ticket if its author did not. */
function nameOtherTicket(comment: string | undefined, label: string): string {
  const given = comment?.trim() ?? '';
  if (given === '') return `Duplicate of ${label}`;
  return given.includes(label) ? given : `${given}\n\n${label}`;
}

function linkBoth(changes: readonly Change[], id: string, other: string): readonly Change[] {
  const linked = changes.map((change) =>
    change.id === id ? { ...change, fields: { ...change.fields, [`links/${other}`]: true } } : change,
  );
  return [...linked, { entity: 'ticket', id: other, fields: { [`links/${id}`]: true } }];
}
