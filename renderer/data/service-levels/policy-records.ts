import type { RecordValues } from '../../../shared/domain/change.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { PolicyRecords } from '../../../shared/domain/service-level/service-policy.ts';
import { valuesOf } from '../engine/derive-row.ts';
import type { BodyStore } from '../storage/body-store.ts';
import type { Tables } from '../storage/tables.ts';

/** Kinds whose change may move due times. */
export const policyKinds: ReadonlySet<string> = new Set<EntityKind>([
  'service-level',
  'calendar',
  'holiday',
  'service',
  'site',
]);

/** Reads what the policy is made of: columns where they hold all there is to know, definitions whole. */
export async function readPolicyRecords(tables: Tables, store: BodyStore): Promise<PolicyRecords> {
  const levels = new Map<string, RecordValues>();
  const shown = new Set(rowsOf(tables, 'service-level').map(([id]) => id));
  for (const [id, body] of await store.read([...shown])) levels.set(id, valuesOf(body.state));
  return {
    levels,
    calendars: new Map(rowsOf(tables, 'calendar')),
    holidays: new Map(rowsOf(tables, 'holiday')),
    services: new Map(rowsOf(tables, 'service')),
    sites: new Map(rowsOf(tables, 'site')),
  };
}

function rowsOf(tables: Tables, kind: EntityKind): readonly (readonly [string, RecordValues])[] {
  const table = tables.of(kind);
  return Array.from({ length: table.size }, (_, row) => row)
    .filter((row) => !table.isDeleted(row))
    .map((row) => [table.idAt(row), table.valuesAt(row)] as const);
}
