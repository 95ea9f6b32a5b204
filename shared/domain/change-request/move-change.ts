import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import { askApproval, writeAskedSteps } from '../approval/ask-approval.ts';
import type { Change, RecordValues, Refusal } from '../change.ts';
import { idInput, textInput } from '../command-input.ts';
import type { DecisionContext, DecisionRow, ReadRequest } from '../command.ts';
import { elementsOf } from '../set-elements.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand, type RegisteredCommand } from '../register-command.ts';
import { changeGuards, type ChangeMoveDetails } from './change-guards.ts';
import { changeMachines, type ChangeMove } from './change-lifecycle.ts';
import { changeTypeOf, standingIn } from './change-phase.ts';
import { reviewOrderId, workOrder } from './work-order.ts';

type Fields = Readonly<Record<string, FieldValue>>;
type Rows = ReadonlyMap<string, DecisionRow>;
export interface ChangeMoveInput extends ChangeMoveDetails {
  readonly id: string;
}

const only = z.strictObject({ id: idInput });
const moveInputs: Readonly<Record<ChangeMove, z.ZodType<ChangeMoveInput>>> = {
  submit: only,
  revert: only,
  implement: only,
  finish: only,
  close: z.strictObject({ id: idInput, code: z.string().optional(), notes: textInput.optional() }),
  cancel: z.strictObject({ id: idInput, reason: textInput.optional() }),
};

/** `change.<move>` {id} and: close {code, notes}, cancel {reason}. */
export const submitChange = moveCommand('submit');
export const revertChange = moveCommand('revert');
export const implementChange = moveCommand('implement');
export const finishChange = moveCommand('finish');
export const closeChange = moveCommand('close');
export const cancelChange = moveCommand('cancel');

function moveCommand(move: ChangeMove): RegisteredCommand<ChangeMoveInput> {
  return registerCommand<ChangeMoveInput>({
    name: `change.${move}`,
    input: moveInputs[move],
    reads: ({ id }) => readsOfMove(id, move),
    decide: (input, rows, context) => decideMove(move, input, rows, context),
  });
}

function readsOfMove(id: string, move: ChangeMove): ReadRequest {
  const about = [
    { entity: 'approval', field: 'change', to: id },
    { entity: 'work-order', field: 'change', to: id },
  ] as const;
  if (move !== 'submit') return { ids: [id, reviewOrderId(id)], pointing: about };
  const rules = ['normal-change', 'emergency-change'].map(
    (to) => ({ entity: 'approval-step', field: 'purpose', to }) as const,
  );
  return { ids: [id, reviewOrderId(id)], follow: ['queue'], pointing: [...about, ...rules] };
}

function decideMove(
  move: ChangeMove,
  input: ChangeMoveInput,
  rows: Rows,
  context: DecisionContext,
): Result<readonly Change[], Refusal> {
  const found = findRow(rows, input.id, 'change');
  if (!found.ok) return found;
  const { id, values } = found.value;
  const { phase } = standingIn(rows, found.value);
  const transition = changeMachines[changeTypeOf(values)].transitions.find(
    (each) => each.move === move && phase !== undefined && each.from.includes(phase),
  );
  if (transition === undefined) return refuseMove(move, phase ?? String(values['state']));
  const orders = [...rows.values()]
    .filter((row) => row.entity === 'work-order' && row.values['active'] !== false)
    .map((row) => row.values);
  for (const guard of transition.guards) {
    const problem = changeGuards[guard]({ values, details: input, orders });
    if (problem) return fail(problem);
  }
  const asked = move === 'submit' ? askSteps(values, rows) : succeed<Fields>({});
  if (!asked.ok) return asked;
  const fields = { state: transition.to, ...asked.value, ...stampsOf(move, input, values, context) };
  return succeed([{ entity: 'change', id, fields }, ...reviewOf(move, found.value, rows, context)]);
}

function refuseMove(move: ChangeMove, phase: string): Result<never, Refusal> {
  if (phase === 'closed' || phase === 'canceled')
    return refuse('change-finished', { field: 'state', values: { state: phase } });
  return refuse(move === 'cancel' && phase === 'review' ? 'change-done' : 'no-such-change-move', {
    field: 'state',
    values: { state: phase },
  });
}

/** CHG-5: whom the rules of the organisation ask, in a new round. A standard change is authorised by its template. */
function askSteps(values: RecordValues, rows: Rows): Result<Fields, Refusal> {
  const round = Number(values['round'] ?? 0) + 1;
  const type = changeTypeOf(values);
  if (type === 'standard') return succeed({ round, approvals: null });
  const queue = rows.get(String(values['queue']));
  const asked = askApproval([...rows.values()], {
    purpose: `${type}-change`,
    peers: queue === undefined ? [] : elementsOf(queue.values, 'members'),
    planners: [values['assignee'], values['requestedBy']].flatMap((each) => (typeof each === 'string' ? each : [])),
  });
  if (!asked.ok) return asked;
  if (asked.value.length === 0) return refuse('approvers-missing', { field: 'approvals', values: { title: '' } });
  return succeed({ round, approvals: writeAskedSteps(asked.value) });
}

function stampsOf(move: ChangeMove, input: ChangeMoveInput, values: RecordValues, { now }: DecisionContext): Fields {
  switch (move) {
    case 'implement':
      return { actualStart: now };
    case 'finish':
      return { actualEnd: now };
    case 'close': {
      const ended = values['actualEnd'] ?? values['plannedEnd'] ?? now;
      return { closureCode: input.code ?? null, closureNotes: input.notes ?? null, closedAt: now, actualEnd: ended };
    }
    case 'cancel':
      return { cancelReason: input.reason ?? null, closedAt: now };
    case 'submit':
    case 'revert':
      return {};
  }
}

/** CHG-6: an unauthorised change always gets a review; so does an emergency, which nobody had time to look at. */
function reviewOf(
  move: ChangeMove,
  { id, values }: DecisionRow,
  rows: Rows,
  context: DecisionContext,
): readonly Change[] {
  const isDue =
    (move === 'submit' && values['unauthorized'] === true) ||
    (move === 'finish' && changeTypeOf(values) === 'emergency');
  return isDue && !rows.has(reviewOrderId(id)) ? [reviewOrder(id, values, context)] : [];
}

function reviewOrder(id: string, values: RecordValues, context: DecisionContext): Change {
  return {
    entity: 'work-order',
    id: reviewOrderId(id),
    create: true,
    fields: {
      change: id,
      type: 'review',
      title: `Post-implementation review: ${String(values['title'])}`.slice(0, workOrder.fields.title.maxLength),
      reference: context.newReference(workOrder.referencePrefix),
      assignee: values['assignee'] ?? null,
      active: true,
    },
  };
}

/** `change.add-review` {id}: asks for the post-implementation review; the same record on every device. */
export const addReview = registerCommand({
  name: 'change.add-review',
  input: z.strictObject({ id: idInput }),
  reads: ({ id }) => ({ ids: [id, reviewOrderId(id)] }),
  decide: ({ id }, rows, context) => {
    const found = findRow(rows, id, 'change');
    if (!found.ok) return found;
    return succeed<readonly Change[]>(
      rows.has(reviewOrderId(id)) ? [] : [reviewOrder(id, found.value.values, context)],
    );
  },
});
