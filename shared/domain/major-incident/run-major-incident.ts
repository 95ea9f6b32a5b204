import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { Change, Refusal } from '../change.ts';
import { idInput, textInput } from '../command-input.ts';
import type { DecisionContext, DecisionRow, ReadRequest } from '../command.ts';
import { cleanText } from '../field-edit.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { moveFields } from '../ticket/move-fields.ts';
import { cascadeMove } from '../ticket/parent-cascade.ts';
import { writeEntry } from '../ticket/ticket-entries.ts';
import { isFinished } from '../ticket/ticket-values.ts';
import { majorUpdate } from './major-incident.ts';
import { majorPhases, updateAudiences } from './major-incident-words.ts';

type Rows = ReadonlyMap<string, DecisionRow>;

/** The major incident, the one that leads it, and all below that. `lead` is the page's to know; it is checked. */
function readsOf({ id, lead }: { readonly id: string; readonly lead: string }): ReadRequest {
  return { ids: [id, lead], pointing: [{ entity: 'ticket', field: 'parent', to: lead, deep: true }] };
}

function findRunning(id: string, lead: string | null, rows: Rows): Result<DecisionRow, Refusal> {
  const found = findRow(rows, id, 'major-incident');
  if (!found.ok) return found;
  const { values } = found.value;
  if (values['state'] !== 'accepted') return refuse('not-a-major-incident', { field: 'state' });
  return lead !== null && values['lead'] !== lead ? refuse('not-a-major-incident', { field: 'lead' }) : found;
}

/** `major-incident.advance` {id, phase}: forward or back; review begins by itself when it is resolved from here. */
export const advanceMajorIncident = registerCommand({
  name: 'major-incident.advance',
  input: z.strictObject({ id: idInput, phase: z.enum(majorPhases) }),
  reads: ({ id }) => ({ ids: [id] }),
  decide: ({ id, phase }, rows) => {
    const found = findRunning(id, null, rows);
    if (!found.ok) return found;
    const isSame = found.value.values['phase'] === phase;
    return succeed(isSame ? [] : [{ entity: 'major-incident', id, fields: { phase } }]);
  },
});

/**
 * `major-incident.update` {id, lead, audience, body}: one update of the communication plan. For callers it is a reply on
 * the leading incident and on every open one below it.
 */
export const updateMajorIncident = registerCommand({
  name: 'major-incident.update',
  input: z.strictObject({
    id: idInput,
    lead: idInput,
    audience: z.enum(updateAudiences),
    body: z.string().max(majorUpdate.fields.body.maxLength),
  }),
  reads: readsOf,
  decide: ({ id, lead, audience, body }, rows, context) => {
    const found = findRunning(id, lead, rows);
    if (!found.ok) return found;
    const text = cleanText(majorUpdate.fields.body, body);
    if (text === null) return refuse('required-field', { field: 'body' });
    const fields = { majorIncident: id, audience, body: text, author: context.user, writtenAt: context.now };
    const replies =
      audience === 'callers' ? openBelow(lead, rows).flatMap((each) => writeEntry(each, 'comment', text, context)) : [];
    return succeed([{ entity: 'major-update', id: context.newId(), create: true, fields }, ...replies]);
  },
});

/** The leading incident and those below it, as far as they are open. */
function openBelow(lead: string, rows: Rows): readonly string[] {
  return [...rows.values()]
    .filter(({ entity, values }) => entity === 'ticket' && !isFinished(values) && values['state'] !== 'resolved')
    .map(({ id }) => id)
    .sort((left, right) => Number(right === lead) - Number(left === lead));
}

/**
 * `major-incident.resolve` {id, lead, code, notes, comment?}: resolves the one that leads and all its children (INC-4),
 * tells their callers, and begins the review.
 */
export const resolveMajorIncident = registerCommand({
  name: 'major-incident.resolve',
  input: z.strictObject({
    id: idInput,
    lead: idInput,
    code: z.string(),
    notes: textInput,
    comment: textInput.optional(),
  }),
  reads: readsOf,
  decide: ({ id, lead, code, notes, comment }, rows, context) => {
    const found = findRunning(id, lead, rows);
    if (!found.ok) return found;
    const ticket = findRow(rows, lead, 'ticket');
    if (!ticket.ok) return ticket;
    const moved = resolveAll(ticket.value, { code, notes }, rows, context);
    if (!moved.ok) return fail(moved.failure);
    return succeed([
      { entity: 'major-incident', id, fields: { phase: 'review' } },
      ...moved.value,
      ...moved.value.flatMap((change) => writeEntry(change.id, 'comment', comment, context)),
    ]);
  },
});

function resolveAll(
  lead: DecisionRow,
  details: { readonly code: string; readonly notes: string },
  rows: Rows,
  context: DecisionContext,
): Result<readonly Change[], Refusal> {
  // Already resolved where it stands: what is left is the review.
  if (lead.values['state'] === 'resolved' || isFinished(lead.values)) return succeed([]);
  const moved = moveFields(lead.values, 'resolve', details, context);
  if (!moved.ok) return moved;
  return succeed([
    { entity: 'ticket', id: lead.id, fields: moved.value },
    ...cascadeMove(lead, 'resolve', details, rows, context),
  ]);
}

/** `major-incident.end` {id}: the review is written, the matter is closed. */
export const endMajorIncident = registerCommand({
  name: 'major-incident.end',
  input: z.strictObject({ id: idInput }),
  reads: ({ id }) => ({ ids: [id] }),
  decide: ({ id }, rows, context) => {
    const found = findRunning(id, null, rows);
    if (!found.ok) return found;
    for (const field of ['whatHappened', 'cause'])
      if (!found.value.values[field]) return refuse('review-incomplete', { field });
    return succeed([
      { entity: 'major-incident', id, fields: { state: 'ended', phase: 'review', endedAt: context.now } },
    ]);
  },
});
