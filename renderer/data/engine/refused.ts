import { entityDefinition } from '../../../shared/domain/entities.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { Operation } from '../../../shared/sync/operation.ts';
import { parseOperation } from '../storage/operation-lines.ts';
import type { RefusedRow } from '../storage/remote-rows.ts';
import type { RefusedOperation } from '../sync-api.ts';
import { rootIdOf } from './apply-operation.ts';
import type { SpaceState } from './space-state.ts';

/** What an authority refused of this desk's own work, newest first. */
export function listRefused(state: SpaceState): readonly RefusedOperation[] {
  return [...state.remote.refused.values()]
    .map((row) => describeRefused(row, state))
    .sort((left, right) => right.at - left.at);
}

export function refusedOperation(row: RefusedRow): Operation {
  return parseOperation(row.line, `refused operation ${row.dot}`);
}

function describeRefused(row: RefusedRow, state: SpaceState): RefusedOperation {
  const operation = refusedOperation(row);
  const write =
    operation.writes.find(({ entity, id }) => entity === row.entity && id === row.id) ?? operation.writes[0];
  const kind = write?.entity ?? '';
  const root = write ? rootIdOf(write) : '';
  const rootKind = entityDefinition(kind)?.partOf ?? kind;
  const names = [valuesShown(state, rootKind, root), operation.writes.find(({ id }) => id === root)?.fields ?? {}];
  const named = (field: string): string =>
    names
      .map((values) => values[field])
      .find((value) => typeof value === 'string' && value !== '')
      ?.toString() ?? '';
  return {
    dot: row.dot,
    command: operation.command,
    code: row.code,
    entity: kind,
    id: write?.id ?? '',
    field: row.field,
    expected: row.expected,
    title: named(entityDefinition(rootKind)?.titleField ?? 'name'),
    reference: named('number') || named('reference'),
    at: operation.at[0],
    refusedAt: row.refusedAt,
    values: operation.writes.flatMap(({ entity, id, fields }) =>
      Object.entries(fields).map(([field, value]) => ({ entity, id, field, value })),
    ),
  };
}

function valuesShown(state: SpaceState, kind: string, id: string): Readonly<Record<string, unknown>> {
  const place = state.tables.find(id);
  return place?.table.kind === (kind as EntityKind) ? place.table.valuesAt(place.row) : {};
}
