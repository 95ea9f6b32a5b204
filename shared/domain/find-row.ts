import { succeed, type Result } from '../result.ts';
import type { Refusal } from './change.ts';
import type { DecisionRow } from './command.ts';
import type { EntityKind } from './entities.ts';
import { refuse } from './refusal.ts';

/** The record a command names, or the refusal that says it is not here or is of another kind. */
export function findRow(
  rows: ReadonlyMap<string, DecisionRow>,
  id: string,
  kind?: EntityKind,
): Result<DecisionRow, Refusal> {
  const row = rows.get(id);
  if (!row) return refuse('record-missing', { field: 'id', values: { id } });
  return kind !== undefined && row.entity !== kind
    ? refuse('wrong-kind', { field: 'id', values: { expected: kind, got: row.entity } })
    : succeed(row);
}
