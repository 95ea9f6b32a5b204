import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { SavedTable } from '../columns/column-table.ts';
import type { Body } from '../storage/body.ts';
import { decodeBody } from '../storage/body-codec.ts';
import { DamagedDatabase } from '../storage/damaged-database.ts';
import type { Database, LayoutRow, MetaRow, SnapshotRow } from '../storage/database.ts';
import { Tables } from '../storage/tables.ts';
import { deriveRow } from '../engine/derive-row.ts';
import type { RemoteState } from '../engine/remote-state.ts';
import { readRemote } from './read-remote.ts';

export interface LoadedSpace {
  readonly meta: MetaRow;
  readonly tables: Tables;
  readonly inDelta: Set<string>;
  readonly segments: { readonly count: number; readonly lastKey: number };
  readonly settings: readonly Body[];
  readonly remote: RemoteState;
}

const segmentsPerRead = 64;

/**
 * Reads what start-up needs: the saved columns, the segments written after them, and all of delta. Never proportional
 * to the history. `fromBodies` ignores the saved columns and reads every segment: the proof that they are derived.
 */
export async function loadSpace(database: Database, fromBodies: boolean): Promise<LoadedSpace | null> {
  // All at once: none of it waits for another.
  const [meta, layout, logRows, segmentCount, snapshot, deltas] = await Promise.all([
    database.meta.get('space'),
    database.layout.get('segments'),
    database.ops.count(),
    database.segments.count(),
    fromBodies ? [] : database.snapshot.toArray(),
    database.delta.toArray(),
  ]);
  if (!meta) {
    if (logRows > 0 || segmentCount > 0)
      throw new DamagedDatabase(`the row that says how far the space is, is missing beside ${logRows} log rows`);
    return null;
  }
  checkCounts(meta, layout, logRows, segmentCount);
  const saved = savedTables(snapshot);
  const tables = new Tables(saved.tables);
  await readSegments(database, tables, saved.segment, layout?.lastKey ?? 0);
  const changed = deltas.map((row) => decodeBody(row.body));
  for (const body of changed) putBody(tables, body, null);
  return {
    meta,
    tables,
    inDelta: new Set(deltas.map((row) => row.id)),
    segments: { count: layout?.count ?? 0, lastKey: layout?.lastKey ?? 0 },
    settings: await settingBodies(database, tables, changed),
    remote: await readRemote(database),
  };
}

function checkCounts(meta: MetaRow, layout: LayoutRow | undefined, logRows: number, segments: number): void {
  if (logRows !== meta.logRows)
    throw new DamagedDatabase(`${meta.logRows} log rows were written, ${logRows} are there`);
  if (segments !== (layout?.count ?? 0))
    throw new DamagedDatabase(`${layout?.count ?? 0} segments were written, ${segments} are there`);
}

/** Nothing when the rows are not of one snapshot: then every segment is read. */
function savedTables(rows: readonly SnapshotRow[]): {
  readonly tables: ReadonlyMap<string, SavedTable>;
  readonly segment: number;
} {
  const [first] = rows;
  if (!first || rows.some((row) => row.segment !== first.segment)) return { tables: new Map(), segment: 0 };
  return { tables: new Map(rows.map((row) => [row.kind, row.table])), segment: first.segment };
}

async function readSegments(database: Database, tables: Tables, after: number, last: number): Promise<void> {
  for (let from = after; from < last;) {
    const rows = await database.segments.where('key').above(from).limit(segmentsPerRead).toArray();
    for (const row of rows) for (const body of row.bodies) putBody(tables, decodeBody(body), row.key);
    const read = rows.at(-1)?.key;
    if (rows.length < segmentsPerRead || read === undefined) return;
    from = read;
  }
}

function putBody(tables: Tables, body: Body, segment: number | null): void {
  for (const table of tables.all()) {
    if (table.kind !== (body.entity as EntityKind)) continue;
    const row = table.put(deriveRow(body));
    if (segment !== null) table.placeIn(row, segment);
  }
}

async function settingBodies(database: Database, tables: Tables, deltas: readonly Body[]): Promise<readonly Body[]> {
  const table = tables.of('setting');
  const bodies = new Map(deltas.filter((body) => body.entity === 'setting').map((body) => [body.id, body]));
  for (let row = 0; row < table.size; row += 1) {
    const id = table.idAt(row);
    if (bodies.has(id)) continue;
    const segment = await database.segments.get(table.segmentAt(row));
    const body = segment?.bodies[segment.ids.indexOf(id)];
    if (body === undefined)
      throw new DamagedDatabase(`the body of setting ${id} is missing from segment ${table.segmentAt(row)}`);
    bodies.set(id, decodeBody(body));
  }
  return [...bodies.values()];
}
