import type { RecordValues, Refusal } from '../change.ts';
import { refuse } from '../refusal.ts';
import { choiceAmong } from '../ticket/ticket-values.ts';
import type { ChangeGuard } from './change-lifecycle.ts';
import { closureCodes } from './change-words.ts';

/** What a person gives with a move. */
export interface ChangeMoveDetails {
  readonly code?: string | undefined;
  readonly notes?: string | undefined;
  readonly reason?: string | undefined;
}

export interface GuardedMove {
  readonly values: RecordValues;
  readonly details: ChangeMoveDetails;
  /** Values of the work orders in use. */
  readonly orders: readonly RecordValues[];
}

const isBlank = (value: unknown): boolean => typeof value !== 'string' || value.trim() === '';
const isOpen = ({ state }: RecordValues): boolean => state !== 'closed' && state !== 'canceled';
const failed: ReadonlySet<unknown> = new Set(['unsuccessful', 'backed-out']);

export const changeGuards: Readonly<Record<ChangeGuard, (move: GuardedMove) => Refusal | null>> = {
  template: ({ values }) => (values['template'] ? null : refuse('template-required', { field: 'template' }).failure),
  plan: ({ values }) => {
    // What is done already has no plan that could be followed (CHG-6).
    if (values['unauthorized'] === true) return null;
    const missing = (['implementationPlan', 'backoutPlan'] as const).find((field) => isBlank(values[field]));
    return missing === undefined ? null : refuse('plan-required', { field: missing }).failure;
  },
  window: ({ values }) => checkPlannedWindow(values, true),
  'orders-done': ({ orders }) => {
    const total = orders.filter((order) => order['type'] === 'implement' && isOpen(order)).length;
    return total === 0 ? null : refuse('work-orders-open', { field: 'state', values: { total } }).failure;
  },
  closure: ({ details }) => {
    if (choiceAmong(closureCodes, details.code) === undefined)
      return refuse('closure-required', { field: 'code' }).failure;
    return failed.has(details.code) && isBlank(details.notes)
      ? refuse('closure-required', { field: 'notes' }).failure
      : null;
  },
  'review-done': ({ values, details, orders }) => {
    const reviews = orders.filter((order) => order['type'] === 'review' && order['state'] !== 'canceled');
    if (reviews.some(isOpen)) return refuse('review-open', { field: 'state' }).failure;
    const isDue = failed.has(details.code) || values['unauthorized'] === true;
    return isDue && reviews.length === 0 ? refuse('review-required', { field: 'state' }).failure : null;
  },
  reason: ({ details }) => (isBlank(details.reason) ? refuse('required-field', { field: 'reason' }).failure : null),
};

/** The planned window is one; with `isNeeded` there must be one. */
export function checkPlannedWindow({ plannedStart, plannedEnd }: RecordValues, isNeeded: boolean): Refusal | null {
  if (typeof plannedStart !== 'number' || typeof plannedEnd !== 'number')
    return isNeeded ? refuse('bad-window', { field: 'plannedStart' }).failure : null;
  return plannedEnd > plannedStart ? null : refuse('bad-window', { field: 'plannedEnd' }).failure;
}
