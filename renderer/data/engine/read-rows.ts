import type { DecisionRow, ReadRequest } from '../../../shared/domain/command.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { Body } from '../storage/body.ts';
import { isShown, valuesOf } from './derive-row.ts';
import type { SpaceState } from './space-state.ts';

/** Reads what a decision asked to see. A deleted record is not there. */
export async function readRows(state: SpaceState, request: ReadRequest): Promise<ReadonlyMap<string, DecisionRow>> {
  const ids = new Set(request.ids);
  for (const { entity, field, to, deep, below } of request.pointing ?? []) {
    const found = new Set<string>();
    collectPointing(state, entity, field, to, deep === true, found);
    if (below) for (const id of found) collectPointing(state, below.entity, below.field, id, true, found);
    for (const id of found) ids.add(id);
  }
  const bodies = new Map(await state.store.read([...ids]));
  const followed = followedIds(request, bodies).filter((id) => !ids.has(id));
  if (followed.length > 0) for (const [id, body] of await state.store.read(followed)) bodies.set(id, body);
  const rows = new Map<string, DecisionRow>();
  for (const [id, body] of bodies) {
    if (!isShown(body.state)) continue;
    rows.set(id, { entity: body.entity as EntityKind, id, values: valuesOf(body.state) });
    // Deleted ones too: their ids are taken.
    for (const entry of request.withEntries === true ? body.entries : [])
      rows.set(entry.id, { entity: entry.entity as EntityKind, id: entry.id, values: valuesOf(entry) });
  }
  return rows;
}

function followedIds({ ids, follow = [] }: ReadRequest, bodies: ReadonlyMap<string, Body>): readonly string[] {
  return ids.flatMap((id) => {
    const body = bodies.get(id);
    const values = body === undefined ? {} : valuesOf(body.state);
    return follow.flatMap((field) => values[field] ?? []).map(String);
  });
}

function collectPointing(
  state: SpaceState,
  entity: EntityKind,
  field: string,
  to: string,
  deep: boolean,
  ids: Set<string>,
): void {
  const table = state.tables.of(entity);
  const column = table.columns.get(field);
  if (column?.layout !== 'dictionary') throw new Error(`${entity}.${field} is not a column of references`);
  const code = column.codeOf(to);
  if (code === undefined) return;
  for (let row = 0; row < table.size; row += 1) {
    const id = table.idAt(row);
    if (column.codeAt(row) !== code || ids.has(id)) continue;
    ids.add(id);
    if (deep) collectPointing(state, entity, field, id, true, ids);
  }
}
