import type { EntityDefinition } from '../field.ts';

export const approvalAnswers = ['approved', 'rejected'] as const;
export type ApprovalAnswer = (typeof approvalAnswers)[number];

/**
 * One decision of one person about one version of a plan (APR-1, D6): written once, never changed. It names the digest
 * of what was in front of the person; when the plan has another one it is stale by itself.
 */
export const approval = {
  kind: 'approval',
  area: 'change',
  referencePrefix: null,
  titleField: 'answer',
  authored: 'decidedBy',
  fields: {
    change: { type: 'reference', to: 'change', merge: 'fixed', column: true, required: true },
    /** Each submission begins a round; decisions of an earlier one are history. */
    round: { type: 'count', merge: 'fixed', column: true, required: true },
    /** Id of the step that asked, see `AskedStep`. */
    step: { type: 'text', maxLength: 64, merge: 'fixed', column: true, required: true },
    /** Whose vote it is. */
    approver: { type: 'reference', to: 'person', merge: 'fixed', column: true, required: true },
    /** Who gave it: the approver, or whom they have delegated it to. */
    decidedBy: { type: 'reference', to: 'person', merge: 'fixed', column: true, required: true },
    answer: { type: 'choice', choices: approvalAnswers, merge: 'fixed', column: true, required: true },
    digest: { type: 'text', maxLength: 64, merge: 'fixed', column: true, required: true },
    comment: { type: 'text', maxLength: 4_000, multiline: true, merge: 'fixed', column: true },
    decidedAt: { type: 'instant', merge: 'fixed', column: true, required: true },
  },
} as const satisfies EntityDefinition;
