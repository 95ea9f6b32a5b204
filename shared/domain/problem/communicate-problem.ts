import { z } from 'zod';
import { succeed } from '../../result.ts';
import { idInput } from '../command-input.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { readsOfIncidents, tellOutcome, tellWorkaround } from './linked-incidents.ts';
import { isFixApplied } from './problem-lifecycle.ts';

/**
 * `problem.communicate-workaround` {id, toCaller?} (PRB-1): to every linked open incident that does not have it yet as it
 * is now. `toCaller` also replies to the callers.
 */
export const communicateWorkaround = registerCommand({
  name: 'problem.communicate-workaround',
  input: z.strictObject({ id: idInput, toCaller: z.boolean().optional() }),
  reads: ({ id }) => readsOfIncidents(id),
  decide: ({ id, toCaller }, rows, context) => {
    const found = findRow(rows, id, 'problem');
    if (!found.ok) return found;
    const { workaround } = found.value.values;
    if (typeof workaround !== 'string' || workaround === '')
      return refuse('problem-text-required', { field: 'workaround' });
    const notes = tellWorkaround(found.value, toCaller === true, rows);
    return succeed(
      notes.length === 0 ? [] : [{ entity: 'problem', id, fields: { workaroundToldAt: context.now } }, ...notes],
    );
  },
});

/**
 * `problem.communicate-outcome` {id}: PRB-2 and PRB-3 for incidents that the move did not reach, for they were linked or
 * put on hold elsewhere at the time.
 */
export const communicateOutcome = registerCommand({
  name: 'problem.communicate-outcome',
  input: z.strictObject({ id: idInput }),
  reads: ({ id }) => readsOfIncidents(id),
  decide: ({ id }, rows, context) => {
    const found = findRow(rows, id, 'problem');
    if (!found.ok) return found;
    const { values } = found.value;
    if (!isFixApplied(values) && values['resolutionCode'] !== 'risk-accepted')
      return refuse('problem-without-outcome', { field: 'state' });
    return succeed(tellOutcome(found.value, rows, context));
  },
});
