import { z } from 'zod';
import { succeed } from '../../result.ts';
import { approval, approvalAnswers } from '../approval/approval.ts';
import { delegates } from '../approval/delegation.ts';
import { idInput } from '../command-input.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { planDigest } from './change-request.ts';
import { standingIn } from './change-phase.ts';

/**
 * `change.decide` {id, answer, step?, comment?, onBehalfOf?}: writes an approval of the plan as it is here (APR-1, D6).
 * Without a `step` it answers the first one that is asked now. A rejection says why.
 */
export const decideChange = registerCommand({
  name: 'change.decide',
  input: z.strictObject({
    id: idInput,
    answer: z.enum(approvalAnswers),
    step: z.string().max(64).optional(),
    comment: z.string().max(approval.fields.comment.maxLength).optional(),
    onBehalfOf: idInput.optional(),
  }),
  reads: ({ id, onBehalfOf }) => ({
    ids: [id],
    pointing: [
      { entity: 'approval', field: 'change', to: id },
      ...(onBehalfOf === undefined ? [] : [{ entity: 'delegation', field: 'from', to: onBehalfOf } as const]),
    ],
  }),
  decide: ({ id, answer, step, comment, onBehalfOf }, rows, context) => {
    const found = findRow(rows, id, 'change');
    if (!found.ok) return found;
    const approver = onBehalfOf ?? context.user;
    const isDelegated = [...rows.values()].some(
      ({ entity, values }) => entity === 'delegation' && delegates(values, approver, context.user, context.now),
    );
    if (approver !== context.user && !isDelegated) return refuse('delegation-missing', { field: 'onBehalfOf' });
    const { phase, verdicts } = standingIn(rows, found.value);
    const asked = verdicts.find(
      (verdict) =>
        verdict.step.stage === phase &&
        verdict.isOpen &&
        verdict.step.people.includes(approver) &&
        (step === undefined ? verdict.pending.includes(approver) : verdict.step.id === step),
    );
    if (asked === undefined) return refuse('not-asked', { field: 'step' });
    const words = comment?.trim() ?? '';
    if (answer === 'rejected' && words === '') return refuse('comment-required', { field: 'comment' });
    const fields = {
      change: id,
      round: Number(found.value.values['round'] ?? 0),
      step: asked.step.id,
      approver,
      decidedBy: context.user,
      answer,
      digest: planDigest(found.value.values),
      comment: words === '' ? null : words,
      decidedAt: context.now,
    };
    const same = asked.counted.some((each) => each.approver === approver && each.answer === answer);
    return succeed(same ? [] : [{ entity: 'approval', id: context.newId(), create: true, fields }]);
  },
});
