import type { Change } from '../../../shared/domain/change.ts';
import { entityDefinition } from '../../../shared/domain/entities.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import { deletedField, deletionMark } from '../../../shared/sync/shown.ts';
import { dotOf } from '../../../shared/sync/operation.ts';
import type { Dot, FieldValue, Operation, Write } from '../../../shared/sync/operation.ts';
import type { RecordState, VersionVector } from '../../../shared/sync/record-state.ts';
import { partOfField } from './apply-operation.ts';

/** Finds what a field held before: the value written by an operation, by its dot. */
export type ValueWritten = (id: string, field: string, dot: Dot) => FieldValue | undefined;

export interface UndoPlan {
  readonly changes: readonly Change[];
  /** Fields somebody changed since: they are left as they are. */
  readonly skipped: number;
}

/**
 * Undo as a new operation: each field returns to the value its write replaced, unless somebody has changed it since.
 * A record the operation created is marked deleted, by the same rule as any deletion; a deletion undone is lifted.
 */
export function planUndo(
  operation: Operation,
  stateOf: (id: string) => RecordState | undefined,
  written: ValueWritten,
  held: VersionVector,
): UndoPlan {
  const dot = dotOf(operation);
  const changes: Change[] = [];
  let skipped = 0;
  for (const write of operation.writes) {
    const state = stateOf(write.id);
    if (!state) continue;
    if (isCreation(write)) {
      changes.push(changeOf(write, { [deletedField]: deletionMark(state, held) }));
      continue;
    }
    const fields: Record<string, FieldValue> = {};
    for (const field of Object.keys(write.fields)) {
      if (field === partOfFieldOf(write)) continue;
      const heads = state.fields[field]?.heads ?? [];
      const [head] = heads;
      if (heads.length !== 1 || head?.dot !== dot) {
        skipped += 1;
        continue;
      }
      const parents = Object.hasOwn(write.parents, field) ? (write.parents[field] ?? []) : [];
      const before = parents.map((parent) => written(write.id, field, parent)).findLast((value) => value !== undefined);
      fields[field] = before ?? (entityFieldIsSet(write.entity, field) ? false : null);
    }
    if (Object.keys(fields).length > 0) changes.push(changeOf(write, fields));
  }
  return { changes, skipped };
}

/** Only a creation writes the title and replaces nothing: every later write of the title names the one before. */
function isCreation(write: Write): boolean {
  const title = entityDefinition(write.entity)?.titleField ?? '';
  return Object.keys(write.parents).length === 0 && Object.hasOwn(write.fields, title);
}

function partOfFieldOf(write: Write): string | null {
  return entityDefinition(write.entity)?.partOf === undefined ? null : partOfField(write.entity);
}

function changeOf(write: Write, fields: Readonly<Record<string, FieldValue>>): Change {
  const partOf = partOfFieldOf(write);
  // Every write to an entry names its record.
  const named = partOf === null ? fields : { ...fields, [partOf]: write.fields[partOf] ?? null };
  return { entity: write.entity as EntityKind, id: write.id, fields: named };
}

function entityFieldIsSet(entity: string, field: string): boolean {
  return field.includes('/') && entityDefinition(entity)?.fields[field.slice(0, field.indexOf('/'))]?.merge === 'set';
}
