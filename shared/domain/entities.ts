import type { EntityDefinition } from './field.ts';
import { asset, person, queue, service, site } from './organisation.ts';
import { setting } from './setting.ts';
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
  site,
  setting,
} as const satisfies Readonly<Record<string, EntityDefinition>>;

export type EntityKind = keyof typeof entities;

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
