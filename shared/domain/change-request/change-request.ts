import { digestPlan } from '../approval/digest-plan.ts';
import type { RecordValues } from '../change.ts';
import type { EntityDefinition } from '../field.ts';
import { elementsOf } from '../set-elements.ts';
import { levels, priorities } from '../ticket/ticket.ts';
import { changeStates, changeStatesByAdvance, changeTypes, closureCodes, successChances } from './change-words.ts';

/** What an approval is about: a change of one of these makes it stale (APR-1). */
export const planFields = [
  'type',
  'implementationPlan',
  'backoutPlan',
  'testPlan',
  'plannedStart',
  'plannedEnd',
  'outage',
  'asset',
  'assets',
  'service',
] as const;

const planText = { type: 'text', maxLength: 32_000, multiline: true, merge: 'text' } as const;
const person = { type: 'reference', to: 'person', merge: 'register', column: true } as const;
const instant = { type: 'instant', merge: 'register', column: true } as const;

/** A change (ITIL "change enablement"). The code's list of edits is `Change`, so the record is a change request. */
export const changeRequest = {
  kind: 'change',
  area: 'change',
  referencePrefix: 'CHG',
  titleField: 'title',
  /** Where the change is with its approvals counted in, see `phaseOf`: lists filter by it. */
  derived: { phase: { type: 'choice', choices: changeStates } },
  computed: {
    planDigest: { type: 'text', maxLength: 64, of: (values) => planDigest(values) },
    /** Ids of the affected configuration items besides the first, joined by a blank. */
    affected: { type: 'text', maxLength: 100_000, of: (values) => elementsOf(values, 'assets').toSorted().join(' ') },
  },
  fields: {
    reference: { type: 'text', maxLength: 64, merge: 'fixed', column: true, searched: true, stamped: true },
    number: { type: 'text', maxLength: 64, merge: 'authority', column: true, searched: true, stamped: true },
    title: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    description: { ...planText, searched: true },
    type: { type: 'choice', choices: changeTypes, merge: 'register', column: true, required: true },
    state: {
      type: 'choice',
      choices: changeStates,
      merge: 'guarded',
      precedence: changeStatesByAdvance,
      column: true,
      required: true,
    },
    /** Counts submissions: decisions belong to one (CHG-2). */
    round: { type: 'count', merge: 'register', column: true, stamped: true },
    /** JSON of the steps asked in this round, see `AskedStep`. */
    approvals: { type: 'text', maxLength: 32_000, merge: 'register', column: true, stamped: true },
    /** Already done when it was written down (CHG-6). */
    unauthorized: { type: 'flag', merge: 'register', column: true },
    template: { type: 'reference', to: 'change-template', merge: 'fixed', column: true },
    reason: planText,
    implementationPlan: planText,
    backoutPlan: planText,
    testPlan: planText,
    plannedStart: instant,
    plannedEnd: instant,
    actualStart: { ...instant, stamped: true },
    actualEnd: { ...instant, stamped: true },
    outage: { type: 'flag', merge: 'register', column: true },
    asset: { type: 'reference', to: 'asset', merge: 'register', column: true },
    assets: { type: 'reference', to: 'asset', merge: 'set' },
    service: { type: 'reference', to: 'service', merge: 'register', column: true },
    priority: { type: 'choice', choices: priorities, merge: 'register', column: true },
    impact: { type: 'choice', choices: levels, merge: 'register', column: true },
    successChance: { type: 'choice', choices: successChances, merge: 'register', column: true },
    /** JSON: score by id of the question (RSK-2). */
    riskAnswers: { type: 'text', maxLength: 4_000, merge: 'register', column: true },
    requestedBy: person,
    queue: { type: 'reference', to: 'queue', merge: 'register', column: true },
    assignee: person,
    openedBy: { ...person, stamped: true },
    openedAt: { ...instant, stamped: true },
    cabMeeting: { type: 'reference', to: 'cab-meeting', merge: 'register', column: true },
    cabRecommendation: { type: 'text', maxLength: 8_000, multiline: true, merge: 'text' },
    closureCode: { type: 'choice', choices: closureCodes, merge: 'register', column: true, stamped: true },
    closureNotes: { ...planText, stamped: true },
    closedAt: { ...instant, stamped: true },
    cancelReason: { ...planText, stamped: true },
    tags: { type: 'text', maxLength: 50, merge: 'set', searched: true },
    watchers: { type: 'reference', to: 'person', merge: 'set' },
  },
} as const satisfies EntityDefinition;

/** Digest of what is approved: equal on every device that shows the same plan. */
export function planDigest(values: RecordValues): string {
  return digestPlan(values, planFields);
}
