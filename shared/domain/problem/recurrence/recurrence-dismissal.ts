import type { EntityDefinition } from '../../field.ts';
import type { Recurrence } from './find-recurrences.ts';

/** A proposal somebody has looked at and put aside: the incidents that have no common cause, as far as they know. */
export const recurrenceDismissal = {
  kind: 'recurrence-dismissal',
  area: 'problem',
  referencePrefix: null,
  titleField: 'dismissedAt',
  fields: {
    incidents: { type: 'reference', to: 'ticket', merge: 'set' },
    dismissedBy: { type: 'reference', to: 'person', merge: 'soft', stamped: true },
    dismissedAt: { type: 'instant', merge: 'soft', column: true, stamped: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** Incidents that must come to a dismissed proposal before it is made again. */
const newNeeded = 2;

/** Whether a proposal is one that was put aside: all but at most one of its incidents were in it. */
export function isDismissed({ incidents }: Recurrence, dismissals: readonly ReadonlySet<string>[]): boolean {
  return dismissals.some((known) => incidents.filter((id) => !known.has(id)).length < newNeeded);
}
