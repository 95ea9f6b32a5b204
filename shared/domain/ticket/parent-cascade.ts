import type { Change, RecordValues } from '../change.ts';
import type { DecisionContext, DecisionRow } from '../command.ts';
import { ticketMachines, type MoveDetails, type TicketMove } from './ticket-lifecycle.ts';
import { moveFields } from './move-fields.ts';
import { stateOf, typeOf } from './ticket-values.ts';

interface Step {
  readonly parent: DecisionRow;
  readonly move: TicketMove;
  readonly details: MoveDetails;
}

/**
 * INC-4: what a parent incident's move does to its children, and theirs in turn. A child that cannot follow (finished,
 * or a guard stops it) stays as it is. Each record is visited once, so that a cycle that two devices made ends (INC-9).
 */
export function cascadeMove(
  root: DecisionRow,
  move: TicketMove,
  details: MoveDetails,
  rows: ReadonlyMap<string, DecisionRow>,
  context: DecisionContext,
): readonly Change[] {
  const changes: Change[] = [];
  const visited = new Set([root.id]);
  const open: Step[] = [{ parent: root, move, details }];
  for (let step = open.shift(); step; step = open.shift()) {
    if (!reachesChildren(step, context)) continue;
    for (const child of childrenOf(step.parent, rows)) {
      if (visited.has(child.id)) continue;
      visited.add(child.id);
      const follow = moveOfChild(step, child.values);
      const moved = follow && moveFields(child.values, follow, step.details, context);
      if (!follow || !moved?.ok || Object.keys(moved.value).length === 0) continue;
      changes.push({ entity: 'ticket', id: child.id, fields: moved.value });
      open.push({ parent: child, move: follow, details: step.details });
    }
  }
  return changes;
}

function childrenOf(parent: DecisionRow, rows: ReadonlyMap<string, DecisionRow>): readonly DecisionRow[] {
  return [...rows.values()].filter(
    (row) => row.entity === 'ticket' && row.values['parent'] === parent.id && typeOf(row.values) === 'incident',
  );
}

/** Closing and cancelling stay with the parent; so does waiting for its caller, and a caller's own reopening. */
function reachesChildren({ parent, move, details }: Step, context: DecisionContext): boolean {
  if (typeOf(parent.values) !== 'incident' || move === 'close' || move === 'cancel') return false;
  if (move === 'hold') return details.reason !== 'awaiting-caller';
  return move !== 'reopen' || parent.values['caller'] !== context.user;
}

/** A parent in progress pulls a child from wherever its machine lets it; the other moves are the same for the child. */
function moveOfChild({ move }: Step, child: RecordValues): TicketMove | undefined {
  if (move !== 'start' && move !== 'resume') return move;
  const state = stateOf(child);
  const found = ticketMachines.incident.transitions.find(
    (transition) =>
      transition.to === 'in-progress' &&
      transition.move !== 'reopen' &&
      state !== undefined &&
      transition.from.includes(state),
  );
  return found?.move;
}
