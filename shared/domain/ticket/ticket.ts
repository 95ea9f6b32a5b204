import type { EntityDefinition } from '../field.ts';
import { dueColumns } from '../service-level/due-columns.ts';

/** Incident machine of itsm-practices 2.1 and, for requests, 2.2; escalation is a derived flag, never a state (D5). */
export const ticketStates = ['new', 'in-progress', 'on-hold', 'resolved', 'closed', 'canceled'] as const;
export type TicketState = (typeof ticketStates)[number];

export const ticketTypes = ['incident', 'request'] as const;
export type TicketType = (typeof ticketTypes)[number];
/** Furthest wins among concurrent states: `closed` has a solution, `canceled` is final, `on-hold` comes after `in-progress`. */
const statesByAdvance = ['new', 'in-progress', 'on-hold', 'resolved', 'canceled', 'closed'] as const;
/** `awaiting-approval` belongs to requests. */
export const onHoldReasons = [
  'awaiting-caller',
  'awaiting-change',
  'awaiting-problem',
  'awaiting-vendor',
  'awaiting-approval',
] as const;
export const resolutionCodes = [
  'solved-permanently',
  'solved-by-workaround',
  'solved-by-caller',
  'solved-by-change',
  'solved-by-problem',
  'not-reproducible',
  'fulfilled',
  'other',
] as const;
/** `not-an-incident` belongs to incidents, `rejected` (not approved) to requests. */
export const cancelReasons = ['duplicate', 'not-an-incident', 'unnecessary', 'rejected'] as const;
/** 1 is the greatest, as in ServiceNow. */
export const levels = ['1', '2', '3'] as const;
export type Level = (typeof levels)[number];
export const priorities = ['1', '2', '3', '4', '5'] as const;
export type Priority = (typeof priorities)[number];
export const channels = ['chat', 'email', 'phone', 'monitoring', 'self-service', 'walk-in', 'other'] as const;

/** What starts, pauses, stops and attaches service-level targets. */
const clockFields = [
  'type',
  'state',
  'onHoldReason',
  'priority',
  'caller',
  'queue',
  'assignee',
  'service',
  'site',
  'openedAt',
] as const;

export const ticket = {
  kind: 'ticket',
  area: 'ticket',
  referencePrefix: 'INC',
  titleField: 'title',
  trail: clockFields,
  derived: dueColumns,
  fields: {
    type: { type: 'choice', choices: ticketTypes, merge: 'register', column: true, required: true },
    /** Device reference, unique without coordination (D1): INC-K3V9-17. */
    reference: { type: 'text', maxLength: 64, merge: 'fixed', column: true, searched: true, stamped: true },
    /** Official number: from an authority, or from the system an import came from. */
    number: { type: 'text', maxLength: 64, merge: 'authority', column: true, searched: true, stamped: true },
    title: { type: 'text', maxLength: 200, merge: 'register', column: true, searched: true, required: true },
    description: { type: 'text', maxLength: 32_000, multiline: true, merge: 'text', searched: true },
    state: {
      type: 'choice',
      choices: ticketStates,
      merge: 'guarded',
      precedence: statesByAdvance,
      column: true,
      required: true,
    },
    onHoldReason: { type: 'choice', choices: onHoldReasons, merge: 'register', column: true },
    impact: { type: 'choice', choices: levels, merge: 'register', column: true, required: true },
    urgency: { type: 'choice', choices: levels, merge: 'register', column: true, required: true },
    priority: { type: 'choice', choices: priorities, merge: 'register', column: true, stamped: true },
    category: { type: 'text', maxLength: 100, merge: 'register', column: true, searched: true },
    subcategory: { type: 'text', maxLength: 100, merge: 'register', column: true },
    symptom: { type: 'text', maxLength: 100, merge: 'register', column: true },
    caller: { type: 'reference', to: 'person', merge: 'register', column: true },
    queue: { type: 'reference', to: 'queue', merge: 'register', column: true },
    assignee: { type: 'reference', to: 'person', merge: 'register', column: true },
    service: { type: 'reference', to: 'service', merge: 'register', column: true },
    asset: { type: 'reference', to: 'asset', merge: 'register', column: true },
    site: { type: 'reference', to: 'site', merge: 'register', column: true },
    channel: { type: 'choice', choices: channels, merge: 'register', column: true },
    openedBy: { type: 'reference', to: 'person', merge: 'register', column: true, stamped: true },
    openedAt: { type: 'instant', merge: 'register', column: true, stamped: true },
    resolutionCode: { type: 'choice', choices: resolutionCodes, merge: 'register', column: true },
    resolutionNotes: { type: 'text', maxLength: 32_000, multiline: true, merge: 'text', searched: true },
    resolvedBy: { type: 'reference', to: 'person', merge: 'register', column: true, stamped: true },
    resolvedAt: { type: 'instant', merge: 'register', column: true, stamped: true },
    closedAt: { type: 'instant', merge: 'register', column: true, stamped: true },
    cancelReason: { type: 'choice', choices: cancelReasons, merge: 'register' },
    reopenCount: { type: 'count', merge: 'register', column: true, stamped: true },
    lastReopenedBy: { type: 'reference', to: 'person', merge: 'register', stamped: true },
    lastReopenedAt: { type: 'instant', merge: 'register', stamped: true },
    /** Major incident (INC-3): never closes by itself, and its caller cannot resolve, reopen or close it. */
    major: { type: 'flag', merge: 'register', column: true },
    /** The problem that causes it; `problem.link` writes it, also on closed incidents. */
    problem: { type: 'reference', to: 'problem', merge: 'register', column: true },
    /** The change that shall solve it, and the one that has caused it (2.9). */
    change: { type: 'reference', to: 'change', merge: 'register', column: true },
    causedBy: { type: 'reference', to: 'change', merge: 'register', column: true },
    parent: { type: 'reference', to: 'ticket', merge: 'register', column: true },
    tags: { type: 'text', maxLength: 50, merge: 'set', searched: true },
    watchers: { type: 'reference', to: 'person', merge: 'set' },
    links: { type: 'reference', to: 'ticket', merge: 'set' },
  },
} as const satisfies EntityDefinition;

export const ticketEntryAudiences = ['comment', 'work-note'] as const;

/** A comment (public) or work note (private): immutable once written. */
export const ticketEntry = {
  kind: 'ticket-entry',
  area: 'ticket',
  referencePrefix: null,
  titleField: 'body',
  partOf: 'ticket',
  trail: ['audience', 'author'],
  fields: {
    ticket: { type: 'reference', to: 'ticket', merge: 'fixed' },
    audience: { type: 'choice', choices: ticketEntryAudiences, merge: 'fixed' },
    body: { type: 'text', maxLength: 32_000, multiline: true, merge: 'fixed', searched: true },
    author: { type: 'reference', to: 'person', merge: 'fixed' },
    writtenAt: { type: 'instant', merge: 'fixed' },
  },
} as const satisfies EntityDefinition;
