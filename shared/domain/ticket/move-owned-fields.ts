import type { FieldValue } from '../../sync/operation.ts';
import type { RecordValues, Refusal } from '../change.ts';
import { refuse } from '../refusal.ts';
import { stateOf } from './ticket-values.ts';

/** Fields that say why a ticket is in its state: they are written by the move, never on their own. */
const ownedByMoves: Readonly<Record<string, string>> = {
  state: 'ticket.change-state',
  onHoldReason: 'ticket.hold',
  cancelReason: 'ticket.cancel',
  resolutionCode: 'ticket.resolve',
  resolutionNotes: 'ticket.resolve',
};

/** Refuses fields that only a move may write. The resolution of a resolved ticket may be corrected, not cleared. */
export function checkOpenFields(
  input: Readonly<Record<string, FieldValue>>,
  values: RecordValues = {},
): Refusal | null {
  for (const [field, value] of Object.entries(input)) {
    const use = Object.hasOwn(ownedByMoves, field) ? ownedByMoves[field] : undefined;
    if (use === undefined) continue;
    if (use !== 'ticket.resolve' || stateOf(values) !== 'resolved')
      return refuse('field-of-a-move', { field, values: { use } }).failure;
    if (typeof value !== 'string' || value.trim() === '') return refuse('resolution-required', { field }).failure;
  }
  return null;
}
