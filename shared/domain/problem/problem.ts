import type { EntityDefinition } from '../field.ts';
import { levels, priorities } from '../ticket/ticket.ts';
import { problemCodes, problemStates } from './problem-words.ts';

const longText = { type: 'text', maxLength: 8_000, multiline: true, merge: 'text' } as const;
const person = { type: 'reference', to: 'person', merge: 'register' } as const;
const stampedPerson = { ...person, stamped: true } as const;
const stampedInstant = { type: 'instant', merge: 'register', column: true, stamped: true } as const;

/** Problem: the cause, or potential cause, of one or more incidents. Incidents point to it by `ticket.problem`. */
export const problem = {
  kind: 'problem',
  area: 'problem',
  referencePrefix: 'PRB',
  titleField: 'title',
  fields: {
    /** Device reference (D1). */
    reference: { type: 'text', maxLength: 64, merge: 'fixed', column: true, searched: true, stamped: true },
    number: { type: 'text', maxLength: 64, merge: 'authority', column: true, searched: true, stamped: true },
    title: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    /** Problem statement. */
    description: longText,
    state: {
      type: 'choice',
      choices: problemStates,
      merge: 'guarded',
      precedence: problemStates,
      column: true,
      required: true,
    },
    impact: { type: 'choice', choices: levels, merge: 'register', column: true, required: true },
    urgency: { type: 'choice', choices: levels, merge: 'register', column: true, required: true },
    priority: { type: 'choice', choices: priorities, merge: 'register', column: true, stamped: true },
    category: { type: 'text', maxLength: 100, merge: 'register', column: true, searched: true },
    service: { type: 'reference', to: 'service', merge: 'register', column: true },
    asset: { type: 'reference', to: 'asset', merge: 'register', column: true },
    site: { type: 'reference', to: 'site', merge: 'register', column: true },
    queue: { type: 'reference', to: 'queue', merge: 'register', column: true },
    assignee: { ...person, column: true },
    /** The incident it was made from. */
    origin: { type: 'reference', to: 'ticket', merge: 'fixed' },
    openedBy: { ...stampedPerson, column: true },
    openedAt: stampedInstant,
    cause: longText,
    workaround: longText,
    /** Who wrote the workaround as it is, and when: what its notes on incidents are signed with (PRB-1). */
    workaroundBy: stampedPerson,
    workaroundAt: { ...stampedInstant, merge: 'soft' },
    /** When it was last told to the incidents. */
    workaroundToldAt: { ...stampedInstant, merge: 'soft' },
    fixNotes: longText,
    resolutionCode: { type: 'choice', choices: problemCodes, merge: 'register', column: true },
    /** Why the risk is borne (PRB-3). */
    riskReason: longText,
    cancelReason: longText,
    duplicateOf: { type: 'reference', to: 'problem', merge: 'register', column: true },
    confirmedBy: stampedPerson,
    confirmedAt: stampedInstant,
    fixBy: stampedPerson,
    fixAt: stampedInstant,
    resolvedBy: { ...stampedPerson, column: true },
    resolvedAt: stampedInstant,
    closedAt: stampedInstant,
    tags: { type: 'text', maxLength: 50, merge: 'set', searched: true },
  },
} as const satisfies EntityDefinition;

/** A work note on a problem: immutable once written. */
export const problemEntry = {
  kind: 'problem-entry',
  area: 'problem',
  referencePrefix: null,
  titleField: 'body',
  partOf: 'problem',
  fields: {
    problem: { type: 'reference', to: 'problem', merge: 'fixed' },
    audience: { type: 'choice', choices: ['work-note'], merge: 'fixed' },
    body: { type: 'text', maxLength: 32_000, multiline: true, merge: 'fixed', searched: true },
    author: { type: 'reference', to: 'person', merge: 'fixed' },
    writtenAt: { type: 'instant', merge: 'fixed' },
  },
} as const satisfies EntityDefinition;

/** One step of the 5 whys: a question and what answers it. Shown in the order of `place`, then of their making. */
export const problemWhy = {
  kind: 'problem-why',
  area: 'problem',
  plain: true,
  referencePrefix: null,
  titleField: 'answer',
  fields: {
    problem: { type: 'reference', to: 'problem', merge: 'fixed', column: true, required: true },
    place: { type: 'count', merge: 'register', column: true, required: true },
    answer: { type: 'text', maxLength: 1_000, merge: 'text', column: true, searched: true, required: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;
