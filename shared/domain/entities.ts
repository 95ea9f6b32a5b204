import { assetClass } from './asset/asset-class.ts';
import { assetRelation } from './asset/asset-relation.ts';
import { asset } from './asset/asset.ts';
import { approvalStep } from './approval/approval-step.ts';
import { approval } from './approval/approval.ts';
import { delegation } from './approval/delegation.ts';
import { calendar, holiday } from './calendar/calendar-record.ts';
import { cabMeeting } from './change-request/cab-meeting.ts';
import { changeRequest } from './change-request/change-request.ts';
import { changeTemplate } from './change-request/change-template.ts';
import { workOrder } from './change-request/work-order.ts';
import { blackout, maintenanceWindow } from './change-schedule/schedule-window.ts';
import type { EntityDefinition } from './field.ts';
import { person, queue, service, site } from './organisation.ts';
import { majorIncident, majorUpdate, reviewAction } from './major-incident/major-incident.ts';
import { knownError } from './problem/known-error.ts';
import { problem, problemEntry, problemWhy } from './problem/problem.ts';
import { recurrenceDismissal } from './problem/recurrence/recurrence-dismissal.ts';
import { serviceLevel } from './service-level/service-level.ts';
import { setting } from './setting.ts';
import { stockTake, stockTakeEntry } from './stock-take/stock-take.ts';
import { ticket, ticketEntry } from './ticket/ticket.ts';

/**
 * The registry: one line per kind of record. Rows, history, outbox, merge, validation, search, backup, import and
 * export know a kind from here and from nowhere else.
 */
export const entities = {
  ticket,
  'ticket-entry': ticketEntry,
  person,
  queue,
  service,
  asset,
  'asset-relation': assetRelation,
  'asset-class': assetClass,
  site,
  'service-level': serviceLevel,
  calendar,
  holiday,
  problem,
  'problem-entry': problemEntry,
  'problem-why': problemWhy,
  'known-error': knownError,
  change: changeRequest,
  'change-template': changeTemplate,
  'work-order': workOrder,
  'cab-meeting': cabMeeting,
  approval,
  'approval-step': approvalStep,
  delegation,
  blackout,
  'maintenance-window': maintenanceWindow,
  'recurrence-dismissal': recurrenceDismissal,
  'stock-take': stockTake,
  'stock-take-entry': stockTakeEntry,
  'major-incident': majorIncident,
  'major-update': majorUpdate,
  'review-action': reviewAction,
  setting,
} as const satisfies Readonly<Record<string, EntityDefinition>>;

export type EntityKind = keyof typeof entities;

/** Kinds that people make and edit with `record.create` and `record.edit`. */
export type PlainKind = {
  [Kind in EntityKind]: (typeof entities)[Kind] extends { readonly plain: true } ? Kind : never;
}[EntityKind];

export const plainKinds: readonly PlainKind[] = (Object.keys(entities) as EntityKind[]).filter(
  (kind): kind is PlainKind => 'plain' in entities[kind],
);

/** The definition of a kind, or undefined for a kind that a newer version wrote. */
export function entityDefinition(kind: string): EntityDefinition | undefined {
  return Object.hasOwn(entities, kind) ? entities[kind as EntityKind] : undefined;
}

/** The definition behind a stored field name: `tags/vip` is an element of `tags`. */
export function fieldDefinition(
  definition: EntityDefinition,
  field: string,
): EntityDefinition['fields'][string] | undefined {
  const slash = field.indexOf('/');
  const name = slash < 0 ? field : field.slice(0, slash);
  return Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
}

/** Raised with every release that adds kinds or fields (D14). */
export const schemaVersion = 1;
