import type { FieldValue } from '../../sync/operation.ts';
import type { RecordValues } from '../change.ts';
import { stateOf, typeOf } from './ticket-values.ts';
import { ticketMachines } from './ticket-lifecycle.ts';

/** An authority's answer to an admitted move that the machine does not have: put these values back (D7, soft). */
export interface MoveVerdict {
  readonly code: 'ticket-finished' | 'no-such-move' | 'resolution-required';
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/**
 * Judges what a write did to a ticket's state, from what was shown before and after. Several moves in one operation
 * are fine where the machine leads on; going back is only for an undo, which the caller lets pass.
 */
export function judgeMove(
  before: RecordValues,
  after: RecordValues,
  written: Readonly<Record<string, FieldValue>>,
): MoveVerdict | null {
  const from = stateOf(before);
  const to = stateOf(after);
  if (from === undefined || to === undefined || from === to || !Object.hasOwn(written, 'state')) return null;
  const back = Object.fromEntries(Object.keys(written).map((field) => [field, before[field] ?? null]));
  if (from === 'closed' || from === 'canceled') return { code: 'ticket-finished', fields: back };
  if (!leadsTo(before, from, to)) return { code: 'no-such-move', fields: back };
  const unsolved = to === 'resolved' && (after['resolutionCode'] ?? null) === null;
  return unsolved ? { code: 'resolution-required', fields: back } : null;
}

function leadsTo(values: RecordValues, from: string, to: string): boolean {
  const reached = new Set([from]);
  for (const state of reached)
    for (const { from: starts, to: end } of ticketMachines[typeOf(values)].transitions)
      if (starts.some((start) => start === state)) reached.add(end);
  return reached.has(to);
}
