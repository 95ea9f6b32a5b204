import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { Change, RecordValues, Refusal } from '../change.ts';
import { fieldsInput, idInput } from '../command-input.ts';
import type { DecisionContext, DecisionRow } from '../command.ts';
import { checkReferences, differing, editFields, referencedIds } from '../field-edit.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { defaultQueue } from './default-queue.ts';
import { checkOpenFields } from './move-owned-fields.ts';
import { priorityInSpace } from './priority.ts';
import { mirrorLinks } from './relate-tickets.ts';
import { isFinished } from './ticket-values.ts';
import { ticket } from './ticket.ts';

type Fields = Readonly<Record<string, FieldValue>>;
type Rows = ReadonlyMap<string, DecisionRow>;

/** `ticket.edit` {id, fields}: any editable fields at once; tags, watchers and links as whole lists. All or nothing. */
export const editTicket = registerCommand({
  name: 'ticket.edit',
  input: z.strictObject({ id: idInput, fields: fieldsInput }),
  reads: (input) => ({
    ids: [input.id, ...referencedIds(ticket, input.fields)],
    ...('parent' in input.fields
      ? { pointing: [{ entity: 'ticket', field: 'parent', to: input.id, deep: true }] }
      : {}),
  }),
  decide: (input, rows, context) => decideEdit(input.id, input.fields, rows, context),
});

/** `ticket.assign` {id, queue?, assignee?}: null clears, absent leaves as is. */
export const assignTicket = registerCommand({
  name: 'ticket.assign',
  input: z.strictObject({ id: idInput, queue: idInput.nullable().optional(), assignee: idInput.nullable().optional() }),
  reads: (input) => ({ ids: [input.id, input.queue, input.assignee].filter((id) => typeof id === 'string') }),
  decide: ({ id, queue, assignee }, rows, context) => {
    const fields = { ...(queue === undefined ? {} : { queue }), ...(assignee === undefined ? {} : { assignee }) };
    return decideEdit(id, fields, rows, context);
  },
});

/** `ticket.recalculate-priority` {id}: for tickets that were prioritised before the matrix was changed. */
export const recalculatePriority = registerCommand({
  name: 'ticket.recalculate-priority',
  input: z.strictObject({ id: idInput }),
  reads: (input) => ({ ids: [input.id] }),
  decide: ({ id }, rows, context) => {
    const found = findRow(rows, id, 'ticket');
    if (!found.ok) return found;
    const { values } = found.value;
    return changeOf(id, differing({ priority: priorityInSpace(context, values['impact'], values['urgency']) }, values));
  },
});

function decideEdit(
  id: string,
  given: Fields,
  rows: Rows,
  context: DecisionContext,
): Result<readonly Change[], Refusal> {
  const found = findRow(rows, id, 'ticket');
  if (!found.ok) return found;
  const { values } = found.value;
  if (isFinished(values))
    return refuse('ticket-finished', { field: 'state', values: { state: String(values['state']) } });
  const owned = checkOpenFields(given, values);
  if (owned) return fail(owned);
  const edited = editFields(ticket, given, values, false);
  if (!edited.ok) return edited;
  const problem =
    checkReferences(ticket, edited.value, rows) ??
    checkParent(id, edited.value['parent'], rows) ??
    checkLinks(id, edited.value);
  if (problem) return fail(problem);
  return changeOf(id, withConsequences(edited.value, given, values, rows, context));
}

/** What an edit brings with it: INC-6, INC-7, PRI-1. */
function withConsequences(
  edited: Fields,
  given: Fields,
  values: RecordValues,
  rows: Rows,
  context: DecisionContext,
): Fields {
  const after = { ...values, ...edited };
  const assigneeLost = 'queue' in edited && !('assignee' in given);
  const prioritised = 'impact' in edited || 'urgency' in edited;
  const consequences = {
    ...(assigneeLost ? { assignee: null } : {}),
    ...('asset' in edited || 'service' in edited ? defaultQueue(after, rows) : {}),
    ...(prioritised ? { priority: priorityInSpace(context, after['impact'], after['urgency']) } : {}),
  };
  return { ...edited, ...differing(consequences, values) };
}

/** INC-9: the new parent is neither the ticket nor below it. Rows hold all descendants of the ticket. */
function checkParent(id: string, parent: FieldValue | undefined, rows: Rows): Refusal | null {
  if (typeof parent !== 'string') return null;
  const visited = new Set<string>();
  let above: FieldValue | undefined = parent;
  while (typeof above === 'string' && !visited.has(above)) {
    if (above === id) return refuse('parent-cycle', { field: 'parent' }).failure;
    visited.add(above);
    above = rows.get(above)?.values['parent'];
  }
  return null;
}

function checkLinks(id: string, edited: Fields): Refusal | null {
  return edited[`links/${id}`] === true ? refuse('link-to-itself', { field: 'links' }).failure : null;
}

function changeOf(id: string, fields: Fields): Result<readonly Change[], Refusal> {
  return succeed(
    Object.keys(fields).length === 0 ? [] : [{ entity: 'ticket', id, fields }, ...mirrorLinks(id, fields)],
  );
}
