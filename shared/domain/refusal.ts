import type { Refusal } from './change.ts';

/** Every reason for which a decision refuses. The catalogue of messages has one text for each; a test checks that. */
export const refusalKinds = [
  /** The input has not the shape the command takes. Values: `expected`, `got`. */
  'bad-input',
  /** Values: `command`. */
  'unknown-command',
  /** Values: `id`. */
  'record-exists',
  /** The record named is not on this device. Values: `id`. */
  'record-missing',
  /** The id given belongs to another kind of record. Values: `expected`, `got` (kinds). */
  'wrong-kind',
  /** Values: `title`. */
  'record-inactive',
  /** The person does not work on tickets. Values: `title`. */
  'not-an-agent',
  /** Values: `entity`. */
  'unknown-field',
  /** The program fills this field in. */
  'stamped-field',
  /** Written once, when the record is created. */
  'fixed-field',
  /** The field changes with the state only. Values: `use` (the command). */
  'field-of-a-move',
  'required-field',
  /** Values: `expected` (one of `expectedValues`), `got`. */
  'bad-type',
  /** Values: `expected` (the choices, joined by comma), `got`. */
  'bad-choice',
  /** Values: `max`, `actual` in characters. */
  'text-too-long',
  /** One record's changes do not fit into an operation. Values: `max`, `actual` in bytes. */
  'too-large',
  /** Values: `got`. */
  'bad-time-zone',
  /** A calendar or holiday that cannot be. Values: `problem` (one of `calendarProblemKinds`, or `json`), `where`, `got`. */
  'bad-calendar',
  /** A target's amount of time. Values: `max`, `got`. */
  'bad-duration',
  /** Values: `got`. */
  'bad-step',
  /** Closed and canceled are final. Values: `state`. */
  'ticket-finished',
  /** Values: `from`, `to`. */
  'no-such-move',
  'queue-or-assignee-required',
  'hold-reason-required',
  'comment-to-caller-required',
  'resolution-required',
  'cancel-reason-required',
  'other-ticket-required',
  /** Values: `type`, `expected` (joined by comma), `got`. */
  'choice-of-another-type',
  /** A ticket cannot be its own ancestor (INC-9). */
  'parent-cycle',
  'link-to-itself',
  /** The life cycle of an asset. Values: `from`, `to`. */
  'no-such-status',
  /** Values: `got`. */
  'bad-redundancy',
  /** Values: `got`. */
  'bad-currency',
  /** The life cycle of a problem. Values: `from`, `to`. */
  'no-such-problem-move',
  'problem-closed',
  /** A move that needs a text which the record does not have: see `field`. */
  'problem-text-required',
  /** Neither fixed nor accepted as a risk: there is nothing to tell. */
  'problem-without-outcome',
  'original-is-duplicate',
  'incident-has-problem',
  'known-error-without-help',
  'not-a-candidate',
  'not-a-major-incident',
  /** What is missing is in `field`. */
  'review-incomplete',
  /** A window ends after it begins, and a change that is submitted has one. */
  'bad-window',
  /** Values: `got`. */
  'bad-wall-time',
  /** Values: `got`. */
  'bad-recurrence',
  /** How many must approve. Values: `got`. */
  'bad-need',
  /** Closed and canceled changes. Values: `state`. */
  'change-finished',
  /** A change in review cannot be canceled (CHG-1). */
  'change-done',
  /** Values: `state`. */
  'no-such-change-move',
  /** Values: `from`, `to`. */
  'no-such-work-order-move',
  /** The implementation plan, or the back-out plan. */
  'plan-required',
  /** A standard change has a template. */
  'template-required',
  /** A step of approval has too few people. Values: `title`. */
  'approvers-missing',
  /** Values: `total`. */
  'work-orders-open',
  'closure-required',
  'review-open',
  'review-required',
  /** CHG-3. Values: `state`. */
  'type-fixed',
  /** CHG-4. Values: `state`. */
  'items-fixed',
  /** Values: `state`. */
  'plan-fixed',
  'plan-of-template',
  /** The person is not asked to approve now. */
  'not-asked',
  'delegation-missing',
  'comment-required',
  /** What was finished is counted anew in another stock-take. */
  'stock-take-finished',
  'nothing-to-change',
  /** Values: `total`, `refused`; `items` of the refusal tells why for each. */
  'bulk-refused',
  /** Values: `command`. */
  'not-for-bulk',
  /** Values: `name`. */
  'unknown-setting',
  /** Values: `name`, `expected`, `where`. */
  'bad-setting',
] as const;
export type RefusalKind = (typeof refusalKinds)[number];

/** What a value should have been, for the message of `bad-type`. */
export const expectedValues = ['text', 'choice', 'id', 'instant', 'count', 'flag', 'list', 'element'] as const;
export type ExpectedValue = (typeof expectedValues)[number];

export interface RefusedFailure {
  readonly ok: false;
  readonly failure: Refusal;
}

/** A refusal of a known kind as the outcome of a decision. */
export function refuse(kind: RefusalKind, where?: Omit<Refusal, 'kind'>): RefusedFailure {
  return { ok: false, failure: { kind, ...where } };
}
