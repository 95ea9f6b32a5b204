import { entities, entityDefinition } from '../../../shared/domain/entities.ts';
import { recordKey } from '../../../shared/sync/fold.ts';
import type { RecordAnswer, RecordsAnswer } from '../../../shared/sync/protocol-records.ts';
import type { RecordState, VersionVector } from '../../../shared/sync/record-state.ts';
import { covers, seqOf } from '../../../shared/sync/version-vector.ts';
import type { Space } from '../engine/space.ts';
import { isShown } from '../engine/derive-row.ts';
import type { Body } from '../storage/body.ts';
import type { RemoteBatch, RemotePorts } from './remote-batch.ts';
import { enterScope, leaveScope, rootOf } from './scope-moves.ts';
import { addStale, dropStale, type RecordName } from './stale-records.ts';
import { unknownScope } from './take-part.ts';
import { inBatch } from './take-page.ts';

const recordsPerRead = 500;

/** What the pages of all records have told so far. */
export interface RecordsFetch {
  /** What may be seen, as the first page said: when that changes between two pages it is not yet fetched. */
  readonly scope: string;
  /** False when pages before were taken by another life of the program: what they listed is not known. */
  readonly isWhole: boolean;
  /** Ids of the entries that were listed. */
  readonly entries: Set<string>;
  /** What all pages had applied. */
  readonly held: VersionVector;
  /** The key after which the next page begins; '' before the first. */
  readonly after: string;
}

/** Before the page after a key, when the page before it was not seen. */
export function beginFetch({ scope, held }: RecordsAnswer, after: string): RecordsFetch {
  const isWhole = after === '';
  return { scope: isWhole ? scope : unknownScope, isWhole, entries: new Set(), held, after };
}

/**
 * A page of all the desk may see, by key, and what was told before it. What is held here between the key it comes after
 * and its last one, and is not listed, is out of sight by now; unless it has something the endpoint does not know.
 * Returns what is told with this page.
 */
export async function takeRecords(
  space: Space,
  ports: RemotePorts,
  answer: RecordsAnswer,
  before: RecordsFetch,
): Promise<RecordsFetch> {
  const { records, next } = answer;
  const fetch = withPage(before, answer);
  await inBatch(space, ports, async (batch) => {
    const gone = await notListed(batch, answer, fetch);
    const waiting = await enterScope(batch, records, answer.held);
    // An entry is found by the record that has it.
    await batch.read(gone.flatMap((state) => rootOf(state, batch) ?? []));
    await leaveScope(batch, gone);
    if (batch.meta.remote === undefined) return;
    addStale(batch, waiting);
    if (next !== null) return;
    const { halfTaken: _, ...remote } = batch.meta.remote;
    batch.meta = { ...batch.meta, remote: { ...remote, scope: fetch.scope } };
  });
  return { ...fetch, after: next ?? '' };
}

function withPage(before: RecordsFetch, { records, held }: RecordsAnswer): RecordsFetch {
  for (const { entity, id } of records) if (entityDefinition(entity)?.partOf !== undefined) before.entries.add(id);
  const lower = Object.entries(before.held).map(
    ([device, seq]) => [device, Math.min(seq, seqOf(held, device))] as const,
  );
  return { ...before, held: Object.fromEntries(lower) };
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
  answer: RecordsAnswer,
  fetch: RecordsFetch,
): Promise<readonly RecordState[]> {
  const { next, held } = answer;
  const { after } = fetch;
  const listed = new Set(answer.records.map(recordKey));
  const isInPage = (key: string): boolean => key > after && (next === null || key <= next) && !listed.has(key);
  const gone: RecordState[] = [];
  for (const table of batch.space.state.tables.all()) {
    const isEntriesEnd = fetch.isWhole && partKindsOf(table.kind).some((kind) => endsWithin(kind, after, next));
    const wanted = Array.from({ length: table.size }, (_, row) => row).filter(
      (row) =>
        !table.isDeleted(row) && (isEntriesEnd || isInPage(recordKey({ entity: table.kind, id: table.idAt(row) }))),
    );
    for await (const body of readBodies(
      batch,
      wanted.map((row) => table.idAt(row)),
    )) {
      if (!isShown(body.state)) continue;
      if (isInPage(recordKey(body.state)) && isKnownTo(held, body.state)) gone.push(body.state);
      // Entries sort apart from their records: looked through once, when all pages of them are here.
      if (isEntriesEnd)
        gone.push(...body.entries.filter((entry) => !fetch.entries.has(entry.id) && isKnownTo(fetch.held, entry)));
    }
  }
  return gone;
}

async function* readBodies(batch: RemoteBatch, ids: readonly string[]): AsyncGenerator<Body, void, undefined> {
  for (let from = 0; from < ids.length; from += recordsPerRead)
    yield* (await batch.space.state.store.read(ids.slice(from, from + recordsPerRead))).values();
}

/** Kinds of the entries that are stored with records of a kind. */
function partKindsOf(kind: string): readonly string[] {
  return Object.values(entities).flatMap((definition) =>
    'partOf' in definition && definition.partOf === kind ? [definition.kind] : [],
  );
}

/** Whether the keys of a kind end in a page after one key, up to another. */
function endsWithin(kind: string, after: string, next: string | null): boolean {
  return `${kind}0` > after && (next === null || `${kind}0` <= next);
}

function isKnownTo(held: VersionVector, { fields }: RecordState): boolean {
  return Object.values(fields).every(({ heads }) => heads.every(({ dot }) => covers(held, dot)));
}
