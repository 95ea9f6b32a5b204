import type { Change } from '../domain/change.ts';
import type { EntityKind } from '../domain/entities.ts';
import type { FieldValue } from '../sync/operation.ts';

/** What one import did to one record, and what has become of it since. */
export interface ImportedRecord {
  readonly entity: EntityKind;
  readonly id: string;
  /** The import made it; `root` names the record an entry of a log is stored with. */
  readonly created: boolean;
  readonly root?: { readonly field: string; readonly id: string };
  /** Of a record that was there before: each field the import wrote. */
  readonly fields: Readonly<Record<string, { readonly before: FieldValue; readonly changedSince: boolean }>>;
  /** Somebody else wrote to it since, or points to it. */
  readonly inUse: boolean;
  readonly deleted: boolean;
}

export interface RecordToDelete {
  readonly entity: EntityKind;
  readonly id: string;
  readonly root?: { readonly field: string; readonly id: string };
}

export interface ImportUndo {
  readonly deletions: readonly RecordToDelete[];
  readonly changes: readonly Change[];
  /** Records left because they are in use, and fields left because somebody changed them since. */
  readonly keptRecords: number;
  readonly keptFields: number;
}

/**
 * Undoes an import record by record, as any undo does: what it made goes, what it changed returns to what it was, and
 * what somebody has worked on since stays as it is.
 */
export function planImportUndo(records: readonly ImportedRecord[]): ImportUndo {
  const deletions: RecordToDelete[] = [];
  const changes: Change[] = [];
  let keptRecords = 0;
  let keptFields = 0;
  for (const { entity, id, created, root, fields, inUse, deleted } of records) {
    if (deleted) continue;
    if (created) {
      if (inUse) keptRecords += 1;
      else deletions.push(root === undefined ? { entity, id } : { entity, id, root });
      continue;
    }
    const restored: Record<string, FieldValue> = {};
    for (const [name, { before, changedSince }] of Object.entries(fields)) {
      if (changedSince) keptFields += 1;
      else restored[name] = before ?? (name.includes('/') ? false : null);
    }
    if (Object.keys(restored).length === 0) continue;
    changes.push({ entity, id, fields: root === undefined ? restored : { ...restored, [root.field]: root.id } });
  }
  return { deletions, changes, keptRecords, keptFields };
}
