import type { EntityDefinition } from '../field.ts';
import { majorPhases, majorStates, updateAudiences } from './major-incident-words.ts';

const longText = { type: 'text', maxLength: 8_000, multiline: true, merge: 'text' } as const;
const role = { type: 'reference', to: 'person', merge: 'register', column: true } as const;
const stampedBy = { type: 'reference', to: 'person', merge: 'soft', stamped: true } as const;
const stampedAt = { type: 'instant', merge: 'soft', column: true, stamped: true } as const;

/**
 * What is run beside an incident while it is, or may be, a major one: proposal and decision, roles, communication plan,
 * review. Its id is made of the incident's, so that two desks that propose the same incident make one. The flag on the
 * ticket (INC-3) is written when it is accepted.
 */
export const majorIncident = {
  kind: 'major-incident',
  area: 'problem',
  plain: true,
  referencePrefix: null,
  titleField: 'title',
  fields: {
    /** The incident that was proposed. */
    ticket: { type: 'reference', to: 'ticket', merge: 'fixed', column: true, required: true },
    /** The incident that leads: the same, or a new parent of it. */
    lead: { type: 'reference', to: 'ticket', merge: 'register', column: true, stamped: true },
    title: { type: 'text', maxLength: 200, merge: 'soft', column: true, searched: true, stamped: true },
    state: {
      type: 'choice',
      choices: majorStates,
      merge: 'guarded',
      precedence: majorStates,
      column: true,
      required: true,
      stamped: true,
    },
    phase: {
      type: 'choice',
      choices: majorPhases,
      merge: 'guarded',
      precedence: majorPhases,
      column: true,
      stamped: true,
    },
    reason: longText,
    businessImpact: longText,
    decision: { ...longText, stamped: true },
    proposedBy: stampedBy,
    proposedAt: stampedAt,
    decidedBy: stampedBy,
    decidedAt: stampedAt,
    endedAt: stampedAt,
    incidentManager: role,
    communicationsLead: role,
    technicalLead: role,
    resolver: role,
    /** Minutes between two updates of the communication plan; 0 for none. */
    updateMinutes: { type: 'count', merge: 'register', column: true },
    whatHappened: longText,
    cause: longText,
    wentWell: longText,
    toImprove: longText,
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** One update of the communication plan, as it was given. */
export const majorUpdate = {
  kind: 'major-update',
  area: 'problem',
  referencePrefix: null,
  titleField: 'body',
  fields: {
    majorIncident: { type: 'reference', to: 'major-incident', merge: 'fixed', column: true, required: true },
    audience: { type: 'choice', choices: updateAudiences, merge: 'fixed', column: true, required: true },
    body: {
      type: 'text',
      maxLength: 4_000,
      multiline: true,
      merge: 'fixed',
      column: true,
      searched: true,
      required: true,
    },
    author: { type: 'reference', to: 'person', merge: 'fixed', column: true },
    writtenAt: { type: 'instant', merge: 'fixed', column: true },
  },
} as const satisfies EntityDefinition;

/** What the review of a major incident asks somebody to do. */
export const reviewAction = {
  kind: 'review-action',
  area: 'problem',
  plain: true,
  referencePrefix: null,
  titleField: 'title',
  fields: {
    majorIncident: { type: 'reference', to: 'major-incident', merge: 'fixed', column: true, required: true },
    title: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    owner: { type: 'reference', to: 'person', merge: 'register', column: true },
    done: { type: 'flag', merge: 'register', column: true },
    active: { type: 'flag', merge: 'register', column: true },
  },
} as const satisfies EntityDefinition;

/** The one record that stands beside an incident. */
export function majorIdOf(ticket: string): string {
  return `major-${ticket}`.slice(0, 64);
}
