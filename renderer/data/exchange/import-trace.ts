import { entityDefinition } from '../../../shared/domain/entities.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import { parseImportCommand } from '../../../shared/exchange/import-step.ts';
import { dotOf, type Dot, type Operation, type Write } from '../../../shared/sync/operation.ts';
import { deletedField } from '../../../shared/sync/shown.ts';
import { partOfField, rootIdOf } from '../engine/apply-operation.ts';
import type { Space } from '../engine/space.ts';
import { parseOperation } from '../storage/operation-lines.ts';
import { scanLog } from './scan-log.ts';

/** A record an import touched. */
export interface TracedRecord {
  readonly entity: EntityKind;
  readonly id: string;
  /** The import made it, or made it anew after somebody had deleted it. */
  readonly created: boolean;
  /** For an entry of a log: the record it is stored with. */
  readonly root: { readonly field: string; readonly id: string } | null;
  /** Each field it wrote, with the heads that its first write of it replaced. */
  readonly fields: ReadonlyMap<string, readonly Dot[]>;
}

/** Everything one import did, found in the log. */
export interface ImportTrace {
  readonly operations: ReadonlySet<Dot>;
  /** Operations that took it back, wholly or in part. */
  readonly undo: ReadonlySet<Dot>;
  /** In the order in which it touched them first. */
  readonly records: readonly TracedRecord[];
}

/** Finds what an import did. Only lines that name it are parsed. */
export async function traceImport(space: Space, importId: string): Promise<ImportTrace> {
  // A quote inside a text is escaped, so that this can stand nowhere but in the command.
  const needle = `"command":"import:${importId}:`;
  const operations = new Set<Dot>();
  const undo = new Set<Dot>();
  const records = new Map<string, TracedRecord>();
  for await (const rows of scanLog(space)) {
    for (const row of rows) {
      for (const [index, line] of row.lines.split('\n').entries()) {
        if (!line.includes(needle)) continue;
        const operation = parseOperation(line, `log row ${String(row.key)}, line ${index + 1}`);
        const isUndo = parseImportCommand(operation.command)?.verb === 'undo';
        (isUndo ? undo : operations).add(dotOf(operation));
        if (!isUndo) takeWrites(operation, records);
      }
    }
  }
  return { operations, undo, records: [...records.values()] };
}

function takeWrites(operation: Operation, records: Map<string, TracedRecord>): void {
  for (const write of operation.writes) {
    const known = records.get(write.id);
    const fields = new Map(known?.fields);
    for (const field of Object.keys(write.fields)) {
      if (!fields.has(field)) fields.set(field, write.parents[field] ?? []);
    }
    records.set(write.id, known ? { ...known, fields } : { ...newRecord(write), fields });
  }
}

function newRecord(write: Write): Omit<TracedRecord, 'fields'> {
  const definition = entityDefinition(write.entity);
  const replacesNothing = Object.keys(write.parents).length === 0;
  const title = definition?.titleField ?? '';
  const restored = write.fields[deletedField] === null;
  return {
    entity: write.entity as EntityKind,
    id: write.id,
    created: restored || (replacesNothing && Object.hasOwn(write.fields, title)),
    root: definition?.partOf === undefined ? null : { field: partOfField(write.entity), id: rootIdOf(write) },
  };
}
