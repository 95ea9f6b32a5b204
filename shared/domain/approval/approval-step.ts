import type { RecordValues, Refusal } from '../change.ts';
import type { EntityDefinition } from '../field.ts';
import { refuse } from '../refusal.ts';
import { readNeed } from './need.ts';

/** What has to be approved. Another kind of work that needs approval adds its word here. */
export const approvalPurposes = ['normal-change', 'emergency-change'] as const;
export type ApprovalPurpose = (typeof approvalPurposes)[number];

export const approvalStages = ['assess', 'authorize'] as const;
export type ApprovalStage = (typeof approvalStages)[number];

/**
 * Whom the organisation asks, for what, and how many must agree: data that it edits (D4). Steps of one order are asked
 * side by side, the next order after all of them have approved.
 */
export const approvalStep = {
  kind: 'approval-step',
  area: 'policy',
  plain: true,
  referencePrefix: null,
  titleField: 'name',
  check: checkApprovalStep,
  fields: {
    name: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    purpose: { type: 'choice', choices: approvalPurposes, merge: 'register', column: true, required: true },
    stage: { type: 'choice', choices: approvalStages, merge: 'register', column: true, required: true },
    order: { type: 'count', merge: 'register', column: true, required: true },
    /** `2`, `50%`, `all` or `first`, see `readNeed`. */
    need: { type: 'text', maxLength: 6, merge: 'register', column: true, required: true },
    people: { type: 'reference', to: 'person', merge: 'set' },
    /** The members of the queue that does the work are asked, too: approval by peers. */
    asksQueue: { type: 'flag', merge: 'register', column: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

function checkApprovalStep({ need }: RecordValues): Refusal | null {
  return readNeed(String(need)) === null
    ? refuse('bad-need', { field: 'need', values: { got: String(need) } }).failure
    : null;
}
