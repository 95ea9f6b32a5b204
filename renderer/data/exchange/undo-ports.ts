import type { Change } from '../../../shared/domain/change.ts';
import type { ImportedRecord, ImportUndo, RecordToDelete } from '../../../shared/exchange/undo-import.ts';
import { compareHeads, stampOf } from '../../../shared/sync/merge.ts';
import { dotOf, type FieldValue, type Operation } from '../../../shared/sync/operation.ts';
import type { Head, RecordState, VersionVector } from '../../../shared/sync/record-state.ts';
import { deletedField, deletionMark, deletionOf, shownValue } from '../../../shared/sync/shown.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import { rootIdOf } from '../engine/apply-operation.ts';
import { parentsOfChange } from '../engine/build-operation.ts';
import type { Intent } from '../engine/build-operation.ts';
import { fieldRules } from '../engine/derive-row.ts';
import { operationsOf } from '../engine/operation-log.ts';
import type { Space } from '../engine/space.ts';
import { splitChanges } from '../engine/split-changes.ts';
import type { Body } from '../storage/body.ts';
import { traceImport, type ImportTrace, type TracedRecord } from './import-trace.ts';
import { findRecordsInUse, isWorkedOn } from './records-in-use.ts';
import type { UndoImportPorts } from './ports.ts';

/** What taking back an import sees of the space, and how it writes. */
export async function createUndoPorts(
  space: Space,
  importId: string,
): Promise<Pick<UndoImportPorts, 'imported' | 'commitUndo'>> {
  const trace = await traceImport(space, importId);
  const inUse = await findRecordsInUse(space, trace);
  const newestFirst = trace.records.toReversed();
  return {
    imported: async (_, cursor, limit) => {
      const from = cursor ?? 0;
      const page = newestFirst.slice(from, from + limit);
      const bodies = await space.state.store.read(page.map((record) => record.root?.id ?? record.id));
      const records: ImportedRecord[] = [];
      for (const record of page) {
        const body = bodies.get(record.root?.id ?? record.id);
        if (body) records.push(await imported(record, body, trace, inUse, space));
      }
      const next = from + limit < newestFirst.length ? from + limit : null;
      return { records, next, total: newestFirst.length };
    },
    commitUndo: (undo, command) => commitUndo(space, trace, undo, command),
  };
}

async function imported(
  record: TracedRecord,
  body: Body,
  trace: ImportTrace,
  inUse: ReadonlySet<string>,
  space: Space,
): Promise<ImportedRecord> {
  const { entity, id, created, root } = record;
  const state = stateIn(body, id);
  const isRoot = root === null;
  return {
    entity,
    id,
    created,
    ...(isRoot ? {} : { root }),
    fields: created || state === undefined ? {} : await fieldsOf(record, state, body, trace, space),
    inUse: isRoot ? inUse.has(id) : false,
    // An entry goes with its record.
    deleted: state === undefined || deletionOf(state) === 'deleted' || deletionOf(body.state) === 'deleted',
  };
}

function stateIn(body: Body, id: string): RecordState | undefined {
  return body.id === id ? body.state : body.entries.find((entry) => entry.id === id);
}

/** What the import wrote to a record that was there before: the value it replaced, and whether it still stands. */
async function fieldsOf(
  record: TracedRecord,
  state: RecordState,
  body: Body,
  trace: ImportTrace,
  space: Space,
): Promise<ImportedRecord['fields']> {
  const written = await writtenHeads(body, space);
  const rules = fieldRules(record.entity);
  const fields: [string, { readonly before: FieldValue; readonly changedSince: boolean }][] = [];
  for (const [field, parents] of record.fields) {
    const heads = state.fields[field]?.heads ?? [];
    // Taken back already.
    if (heads.every(({ dot }) => trace.undo.has(dot))) continue;
    const replaced = parents.flatMap((dot) => written.get(`${record.id}/${field}@${dot}`) ?? []).sort(compareHeads);
    const before = shownValue({ heads: replaced }, rules.classOf(field), rules.precedenceOf?.(field)) ?? null;
    fields.push([field, { before, changedSince: !heads.every(({ dot }) => trace.operations.has(dot)) }]);
  }
  return Object.fromEntries(fields);
}

async function writtenHeads(body: Body, space: Space): Promise<ReadonlyMap<string, Head>> {
  const written = new Map<string, Head>();
  for (const operation of await operationsOf(body, space.database, space.state)) {
    for (const { id, fields } of operation.writes) {
      for (const [field, value] of Object.entries(fields))
        written.set(`${id}/${field}@${dotOf(operation)}`, { ...stampOf(operation), value });
    }
  }
  return written;
}

/** Writes in one turn what was decided before it; what somebody has worked on in between is left. */
async function commitUndo(space: Space, trace: ImportTrace, undo: ImportUndo, command: string): Promise<number> {
  let left = 0;
  await space.writeBulk(async () => {
    const touched = [...undo.deletions.map(({ root, id }) => root?.id ?? id), ...undo.changes.map(rootIdOf)];
    const bodies = await space.state.store.read(touched);
    const standing = undo.deletions.filter((record) => isStanding(record, bodies, trace));
    left = undo.deletions.length - standing.length;
    const changes = undo.changes.flatMap((change) => stillImported(change, bodies, trace) ?? []);
    const { vector, device, user } = space.state.meta;
    // A deletion has not seen what waits for an upgrade here.
    const waiting = [...space.state.remote.quarantined.values()].map(({ operation }) => operation);
    const partsSeeing = (ahead: number): readonly (readonly Change[])[] => {
      const held: VersionVector = { ...vector, [device]: seqOf(vector, device) + ahead };
      const all = [...standing.flatMap((record) => deletionOfRecord(record, bodies, held, waiting) ?? []), ...changes];
      return splitChanges(all, (change) => parentsOfChange(change, bodies)).map((part) => part.changes);
    };
    // A deletion must have seen what its own operation writes beside the mark, and nothing that comes later.
    const ahead = partsSeeing(undo.deletions.length).length;
    return partsSeeing(ahead).map((part): Intent => ({ command, user, changes: part }));
  });
  return left;
}

/** The fields of a change that still show what the import wrote. */
function stillImported(change: Change, bodies: ReadonlyMap<string, Body>, trace: ImportTrace): Change | undefined {
  const body = bodies.get(rootIdOf(change));
  const state = body && stateIn(body, change.id);
  if (!state) return undefined;
  const fields = Object.entries(change.fields).filter(([field]) =>
    (state.fields[field]?.heads ?? []).every(({ dot }) => trace.operations.has(dot)),
  );
  return fields.length === 0 ? undefined : { ...change, fields: Object.fromEntries(fields) };
}

function isStanding(record: RecordToDelete, bodies: ReadonlyMap<string, Body>, trace: ImportTrace): boolean {
  const body = bodies.get(record.root?.id ?? record.id);
  if (!body) return false;
  return record.root !== undefined || !isWorkedOn(body, trace);
}

function deletionOfRecord(
  record: RecordToDelete,
  bodies: ReadonlyMap<string, Body>,
  held: VersionVector,
  waiting: readonly Operation[],
): Change | undefined {
  const { entity, id, root } = record;
  const body = bodies.get(root?.id ?? id);
  const state = body && stateIn(body, id);
  if (!state) return undefined;
  const mark = { [deletedField]: deletionMark(state, held, waiting) };
  return { entity, id, fields: root === undefined ? mark : { ...mark, [root.field]: root.id } };
}
