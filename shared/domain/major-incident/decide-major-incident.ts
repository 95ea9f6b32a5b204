import { z } from 'zod';
import { succeed } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { Change, RecordValues } from '../change.ts';
import { idInput, textInput } from '../command-input.ts';
import type { DecisionContext } from '../command.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { majorIncident, majorIdOf } from './major-incident.ts';
import { usualUpdateMinutes } from './major-incident-words.ts';
import {
  acceptances,
  majorAcceptanceSchema,
  majorAcceptanceSetting,
  mayBeMajor,
  type Acceptance,
} from './trigger-rules.ts';

const longText = z.string().max(majorIncident.fields.reason.maxLength);

/** `major-incident.propose` {ticket, reason, businessImpact}: makes an incident a candidate; again after a rejection, too. */
export const proposeMajorIncident = registerCommand({
  name: 'major-incident.propose',
  input: z.strictObject({ ticket: idInput, reason: longText, businessImpact: longText }),
  reads: ({ ticket }) => ({ ids: [ticket, majorIdOf(ticket)] }),
  decide: ({ ticket, reason, businessImpact }, rows, context) => {
    const found = findRow(rows, ticket, 'ticket');
    if (!found.ok) return found;
    if (!mayBeMajor(found.value.values)) return refuse('not-a-candidate', { field: 'ticket' });
    if (reason.trim() === '') return refuse('required-field', { field: 'reason' });
    if (businessImpact.trim() === '') return refuse('required-field', { field: 'businessImpact' });
    const id = majorIdOf(ticket);
    const before = rows.get(id);
    if (before && before.values['state'] !== 'rejected') return succeed([]);
    const fields = {
      state: 'candidate',
      title: found.value.values['title'] ?? '',
      reason: reason.trim(),
      businessImpact: businessImpact.trim(),
      decision: null,
      proposedBy: context.user,
      proposedAt: context.now,
    };
    return succeed<readonly Change[]>(
      before
        ? [{ entity: 'major-incident', id, fields }]
        : [{ entity: 'major-incident', id, create: true, fields: { ticket, active: true, ...fields } }],
    );
  },
});

/** INC-8: what a new parent takes over from the candidate. */
const copiedFields = [
  'title',
  'description',
  'impact',
  'urgency',
  'priority',
  'category',
  'service',
  'asset',
  'site',
  'queue',
] as const;

/**
 * `major-incident.accept` {id, as?, decision?}: the incident becomes a major one, or a new parent of it does. What the
 * space has chosen applies when `as` is left out. From then on INC-3 holds for the one that leads.
 */
export const acceptMajorIncident = registerCommand({
  name: 'major-incident.accept',
  input: z.strictObject({ id: idInput, as: z.enum(acceptances).optional(), decision: textInput.optional() }),
  reads: ({ id }) => ({ ids: [id, id.slice('major-'.length)] }),
  decide: ({ id, as, decision }, rows, context) => {
    const found = findRow(rows, id, 'major-incident');
    if (!found.ok) return found;
    if (found.value.values['state'] !== 'candidate') return refuse('not-a-candidate', { field: 'state' });
    const proposed = String(found.value.values['ticket'] ?? '');
    const ticket = findRow(rows, proposed, 'ticket');
    if (!ticket.ok) return ticket;
    if (!mayBeMajor(ticket.value.values)) return refuse('not-a-candidate', { field: 'ticket' });
    const way = as ?? usualAcceptance(context);
    const lead = way === 'promote' ? proposed : context.newId();
    const fields = {
      state: 'accepted',
      phase: 'identification',
      lead,
      updateMinutes: found.value.values['updateMinutes'] ?? usualUpdateMinutes,
      decision: decision?.trim() || null,
      decidedBy: context.user,
      decidedAt: context.now,
    };
    return succeed([
      { entity: 'major-incident', id, fields },
      ...leadChanges(way, lead, proposed, ticket.value.values, context),
    ]);
  },
});

function usualAcceptance(context: DecisionContext): Acceptance {
  const parsed = majorAcceptanceSchema.safeParse(context.setting(majorAcceptanceSetting));
  return parsed.success ? parsed.data : 'promote';
}

function leadChanges(
  way: Acceptance,
  lead: string,
  proposed: string,
  values: RecordValues,
  context: DecisionContext,
): readonly Change[] {
  if (way === 'promote') return [{ entity: 'ticket', id: lead, fields: { major: true } }];
  const copied: Record<string, FieldValue> = {};
  for (const name of copiedFields) if ((values[name] ?? null) !== null) copied[name] = values[name] ?? null;
  const fields = {
    ...copied,
    type: 'incident',
    state: 'new',
    major: true,
    reference: context.newReference('INC'),
    openedBy: context.user,
    openedAt: context.now,
  };
  return [
    { entity: 'ticket', id: lead, create: true, fields },
    { entity: 'ticket', id: proposed, fields: { parent: lead } },
  ];
}

/** `major-incident.reject` {id, decision}: with why, so that nobody proposes it again for the same. */
export const rejectMajorIncident = registerCommand({
  name: 'major-incident.reject',
  input: z.strictObject({ id: idInput, decision: longText }),
  reads: ({ id }) => ({ ids: [id] }),
  decide: ({ id, decision }, rows, context) => {
    const found = findRow(rows, id, 'major-incident');
    if (!found.ok) return found;
    if (found.value.values['state'] !== 'candidate') return refuse('not-a-candidate', { field: 'state' });
    if (decision.trim() === '') return refuse('required-field', { field: 'decision' });
    const stamps = { decidedBy: context.user, decidedAt: context.now };
    return succeed([
      { entity: 'major-incident', id, fields: { state: 'rejected', decision: decision.trim(), ...stamps } },
    ]);
  },
});
