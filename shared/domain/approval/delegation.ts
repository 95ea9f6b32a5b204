import type { RecordValues, Refusal } from '../change.ts';
import type { EntityDefinition } from '../field.ts';
import { refuse } from '../refusal.ts';

/** Somebody lets another person decide for them, for a time. Only they themselves can write it. */
export const delegation = {
  kind: 'delegation',
  area: 'change',
  plain: true,
  referencePrefix: null,
  titleField: 'reason',
  authored: 'from',
  check: checkDelegation,
  fields: {
    from: { type: 'reference', to: 'person', merge: 'fixed', column: true, required: true },
    to: { type: 'reference', to: 'person', merge: 'fixed', column: true, required: true },
    startsAt: { type: 'instant', merge: 'register', column: true },
    /** Absent: until it is taken out of use. */
    endsAt: { type: 'instant', merge: 'register', column: true },
    reason: { type: 'text', maxLength: 200, merge: 'register', column: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** Whether a delegation lets `to` decide for `from` at an instant (ms). */
export function delegates(values: RecordValues, from: string, to: string, now: number): boolean {
  const { startsAt, endsAt } = values;
  return (
    values['active'] !== false &&
    values['from'] === from &&
    values['to'] === to &&
    (typeof startsAt !== 'number' || startsAt <= now) &&
    (typeof endsAt !== 'number' || now < endsAt)
  );
}

function checkDelegation({ from, to, startsAt, endsAt }: RecordValues): Refusal | null {
  if (from === to) return refuse('link-to-itself', { field: 'to' }).failure;
  return typeof startsAt === 'number' && typeof endsAt === 'number' && endsAt <= startsAt
    ? refuse('bad-window', { field: 'endsAt' }).failure
    : null;
}
