import { entities } from '../../../shared/domain/entities.ts';
import { recordKey } from '../../../shared/sync/fold.ts';
import type { RecordAnswer, RecordsAnswer } from '../../../shared/sync/protocol-records.ts';
import type { RecordState, VersionVector } from '../../../shared/sync/record-state.ts';
import { covers } from '../../../shared/sync/version-vector.ts';
import type { Space } from '../engine/space.ts';
import { isShown } from '../engine/derive-row.ts';
import type { Body } from '../storage/body.ts';
import type { RemoteBatch, RemotePorts } from './remote-batch.ts';
import { enterScope, leaveScope, rootOf } from './scope-moves.ts';
import { addStale, dropStale, type RecordName } from './stale-records.ts';
import { inBatch } from './take-page.ts';

const recordsPerRead = 500;

/**
 * A page of all the desk may see, by key. What is held here between `after` and the last key, and is not listed, is out
 * of sight by now; unless it has something the endpoint does not know.
 */
export async function takeRecords(
  space: Space,
  ports: RemotePorts,
  { records, held, scope, next }: RecordsAnswer,
  after: string,
): Promise<void> {
  await inBatch(space, ports, async (batch) => {
    const listed = new Set(records.map(recordKey));
    const gone = await notListed(batch, listed, after, next, held);
    const waiting = await enterScope(batch, records, held);
    // An entry is found by the record that has it.
    await batch.read(gone.flatMap((state) => rootOf(state, batch) ?? []));
    await leaveScope(batch, gone);
    if (batch.meta.remote === undefined) return;
    addStale(batch, waiting);
    if (next !== null) return;
    const { halfTaken: _, ...remote } = batch.meta.remote;
    batch.meta = { ...batch.meta, remote: { ...remote, scope } };
  });
}

/** One record with the entries of its log, that could not be kept up from pages. */
export async function takeRecord(space: Space, ports: RemotePorts, { records, held }: RecordAnswer): Promise<void> {
  await inBatch(space, ports, async (batch) => {
    const waiting = new Set((await enterScope(batch, records, held)).map(recordKey));
    dropStale(
      batch,
      records.filter((state) => !waiting.has(recordKey(state))),
    );
  });
}

/** A record named as stale that the endpoint does not know or show any more: pages tell that it left. */
export async function takeAbsence(space: Space, ports: RemotePorts, record: RecordName): Promise<void> {
  await inBatch(space, ports, (batch) => {
    dropStale(batch, [record]);
    return Promise.resolve();
  });
}

async function notListed(
  batch: RemoteBatch,
  listed: ReadonlySet<string>,
  after: string,
  next: string | null,
  held: VersionVector,
): Promise<readonly RecordState[]> {
  const { tables, store } = batch.space.state;
  const isInPage = (key: string): boolean => key > after && (next === null || key <= next) && !listed.has(key);
  const gone: RecordState[] = [];
  for (const table of tables.all()) {
    // Entries are stored with their record and sort by keys of their own: their page asks for all records that have some.
    const isOfParts = partKindsOf(table.kind).some((kind) => mayHold(kind, after, next));
    const wanted = Array.from({ length: table.size }, (_, row) => row).filter(
      (row) => !table.isDeleted(row) && (isOfParts || isInPage(recordKey({ entity: table.kind, id: table.idAt(row) }))),
    );
    for (let from = 0; from < wanted.length; from += recordsPerRead) {
      const ids = wanted.slice(from, from + recordsPerRead).map((row) => table.idAt(row));
      for (const body of (await store.read(ids)).values())
        gone.push(...statesOf(body).filter((state) => isInPage(recordKey(state)) && isKnownTo(held, state)));
    }
  }
  return gone;
}

/** Kinds of the entries that are stored with records of a kind. */
function partKindsOf(kind: string): readonly string[] {
  return Object.values(entities).flatMap((definition) =>
    'partOf' in definition && definition.partOf === kind ? [definition.kind] : [],
  );
}

/** Whether a page after one key, up to another, can hold keys of a kind. */
function mayHold(kind: string, after: string, next: string | null): boolean {
  return `${kind}0` > after && (next === null || `${kind}/` <= next);
}

function statesOf(body: Body): readonly RecordState[] {
  return isShown(body.state) ? [body.state, ...body.entries] : [];
}

function isKnownTo(held: VersionVector, { fields }: RecordState): boolean {
  return Object.values(fields).every(({ heads }) => heads.every(({ dot }) => covers(held, dot)));
}
