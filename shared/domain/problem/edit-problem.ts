import { z } from 'zod';
import { fail, succeed } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { RecordValues, Refusal } from '../change.ts';
import { fieldsInput, idInput } from '../command-input.ts';
import type { DecisionContext } from '../command.ts';
import { checkReferences, differing, editFields, referencedIds } from '../field-edit.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { priorityInSpace } from '../ticket/priority.ts';
import { isProblemClosed } from './problem-lifecycle.ts';
import { problem } from './problem.ts';

type Fields = Readonly<Record<string, FieldValue>>;

/** Fields that say why a problem is in its state: the move writes them, never an edit. */
const ownedByMoves: Readonly<Record<string, string>> = {
  state: 'problem.assess',
  resolutionCode: 'problem.resolve',
  riskReason: 'problem.accept-risk',
  cancelReason: 'problem.cancel',
  duplicateOf: 'problem.mark-duplicate',
};

export function checkProblemFields(input: Fields): Refusal | null {
  for (const field of Object.keys(input)) {
    const use = Object.hasOwn(ownedByMoves, field) ? ownedByMoves[field] : undefined;
    if (use !== undefined) return refuse('field-of-a-move', { field, values: { use } }).failure;
  }
  return null;
}

/** `problem.edit` {id, fields}: any editable fields at once; tags as a whole list. All or nothing. */
export const editProblem = registerCommand({
  name: 'problem.edit',
  input: z.strictObject({ id: idInput, fields: fieldsInput }),
  reads: (input) => ({ ids: [input.id, ...referencedIds(problem, input.fields)] }),
  decide: ({ id, fields: given }, rows, context) => {
    const found = findRow(rows, id, 'problem');
    if (!found.ok) return found;
    const { values } = found.value;
    if (isProblemClosed(values)) return refuse('problem-closed', { field: 'state' });
    const owned = checkProblemFields(given);
    if (owned) return fail(owned);
    const edited = editFields(problem, given, values, false);
    if (!edited.ok) return edited;
    const reference = checkReferences(problem, edited.value, rows);
    if (reference) return fail(reference);
    const fields = { ...edited.value, ...consequences(edited.value, given, values, context) };
    return succeed(Object.keys(fields).length === 0 ? [] : [{ entity: 'problem', id, fields }]);
  },
});

/** As with tickets: another queue clears the assignee (INC-6), impact and urgency set the priority (PRI-1). */
function consequences(edited: Fields, given: Fields, values: RecordValues, context: DecisionContext): Fields {
  const after = { ...values, ...edited };
  const prioritised = 'impact' in edited || 'urgency' in edited;
  return differing(
    {
      ...('queue' in edited && !('assignee' in given) ? { assignee: null } : {}),
      ...(prioritised ? { priority: priorityInSpace(context, after['impact'], after['urgency']) } : {}),
      ...workaroundStamps(edited, values, context),
    },
    values,
  );
}

/** Who wrote the workaround and when, whenever it is written. */
export function workaroundStamps(written: Fields, before: RecordValues, context: DecisionContext): Fields {
  const text = written['workaround'];
  return text === undefined || text === null || text === before['workaround']
    ? {}
    : { workaroundBy: context.user, workaroundAt: context.now };
}
