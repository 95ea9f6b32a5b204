import { fail, succeed, type Result } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { RecordValues, Refusal } from '../change.ts';
import type { DecisionContext } from '../command.ts';
import { differing } from '../field-edit.ts';
import { findTransition, guards, type MoveDetails, type TicketMove } from './ticket-lifecycle.ts';

type Fields = Readonly<Record<string, FieldValue>>;

/** What each move writes besides the state. */
const effects: Readonly<
  Record<TicketMove, (details: MoveDetails, context: DecisionContext, values: RecordValues) => Fields>
> = {
  start: () => ({ onHoldReason: null }),
  resume: () => ({ onHoldReason: null }),
  hold: (details) => ({ onHoldReason: details.reason ?? null }),
  resolve: (details, context) => ({
    onHoldReason: null,
    resolutionCode: details.code ?? null,
    resolutionNotes: details.notes?.trim() ?? null,
    resolvedBy: context.user,
    resolvedAt: context.now,
  }),
  /** The notes stay: they are the start of the next solution. */
  reopen: (_details, context, values) => ({
    resolutionCode: null,
    resolvedBy: null,
    resolvedAt: null,
    reopenCount: Number(values['reopenCount'] ?? 0) + 1,
    lastReopenedBy: context.user,
    lastReopenedAt: context.now,
  }),
  close: (_details, context) => ({ closedAt: context.now }),
  cancel: (details, context) => ({ onHoldReason: null, cancelReason: details.reason ?? null, closedAt: context.now }),
};

/** The fields a move writes, or the guard that stops it. Does not touch other records. */
export function moveFields(
  values: RecordValues,
  move: TicketMove,
  details: MoveDetails,
  context: DecisionContext,
): Result<Fields, Refusal> {
  const transition = findTransition(values, move);
  if ('kind' in transition) return fail(transition);
  for (const guard of transition.guards) {
    const refusal = guards[guard](values, details);
    if (refusal) return fail(refusal);
  }
  return succeed(differing({ state: transition.to, ...effects[move](details, context, values) }, values));
}
