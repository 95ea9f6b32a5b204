import { foldRecord, recordKey } from '../../../shared/sync/fold.ts';
import type { Holds } from '../../../shared/sync/merge.ts';
import { hashOperation } from '../../../shared/sync/operation-hash.ts';
import { dotOf, type Dot, type Operation } from '../../../shared/sync/operation.ts';
import type { RecordState } from '../../../shared/sync/record-state.ts';
import { recordStateSchema } from '../../../shared/sync/snapshot.ts';
import { addToTrail } from '../../../shared/sync/trail.ts';
import { covers } from '../../../shared/sync/version-vector.ts';
import { rootIdOf, trailOfWrite } from '../engine/apply-operation.ts';
import { ownNumber } from '../engine/own-number.ts';
import { operationsOf } from '../engine/operation-log.ts';
import { holdsInRecord } from '../engine/remote-state.ts';
import type { Body } from '../storage/body.ts';
import { rootIdsOf } from './reader.ts';
import type { RemoteBatch } from './remote-batch.ts';

/** Operations applied to a record as the log and this batch have them. */
export async function historyOf(batch: RemoteBatch, body: Body): Promise<readonly Operation[]> {
  const { database, state } = batch.space;
  const logged = { ...body, log: body.log.filter((key) => key < batch.firstKey) };
  const before = await operationsOf(logged, database, state);
  const all = new Map<Dot, Operation>();
  for (const operation of before) {
    const named = newestName(batch, operation);
    if (named !== null) all.set(dotOf(named), named);
  }
  for (const operation of batch.applied)
    if (rootIdsOf(operation).includes(body.id)) all.set(dotOf(operation), operation);
  const keys = [...all.values()].flatMap(({ writes }) => writes.map(recordKey));
  await batch.readScope([...keys, ...[body.state, ...body.entries].map(recordKey)]);
  for (const dot of all.keys()) if (batch.voidings.has(dot) || batch.quarantined.has(dot)) all.delete(dot);
  return [...all.values()];
}

/** A branch may part in itself: an operation of it is named anew once more. */
function newestName(batch: RemoteBatch, operation: Operation): Operation | null {
  const named = batch.renamed.get(hashOperation(operation));
  if (named === undefined) return operation;
  return named && newestName(batch, named);
}

/** What the state of one record is folded from besides operations. */
interface Base {
  readonly state: RecordState | undefined;
  readonly holds: Holds;
}

const noneApplied: Holds = () => false;

function baseOf(batch: RemoteBatch, key: string): Base {
  const sent = batch.bases.get(key);
  if (sent) return { state: sent.state, holds: (dot) => covers(sent.held, dot) };
  const scope = batch.scope.get(key);
  if (!scope?.held) return { state: undefined, holds: noneApplied };
  const { state, held } = scope;
  return {
    state: state === null ? undefined : recordStateSchema.parse(JSON.parse(state)),
    holds: (dot) => covers(held, dot),
  };
}

function foldKey(batch: RemoteBatch, key: string, operations: readonly Operation[]): RecordState | undefined {
  const { state, holds } = baseOf(batch, key);
  return foldRecord(key, state, holds, operations, batch.state.voidingOf);
}

/**
 * Whether the operations held here are all that the body came from: each value shown is of one of them or of what the
 * record stands on, and so is each value they replaced. Else a snapshot stood for what is missing.
 */
export function isComplete(batch: RemoteBatch, body: Body, operations: readonly Operation[]): boolean {
  const known = new Set(operations.map(dotOf));
  const { holds } = batch.state;
  return [body.state, ...body.entries].every((state) => {
    const key = recordKey(state);
    const base = baseOf(batch, key);
    const shown = Object.values(state.fields).flatMap(({ heads }) => heads);
    if (!shown.every(({ dot }) => known.has(dot) || base.holds(dot))) return false;
    const folded = Object.values(foldKey(batch, key, operations)?.fields ?? {});
    return !folded.some(({ gone }) => gone?.some((dot) => holds(dot) && !known.has(dot)));
  });
}

/** Folds a record and its entries again from what it stands on and the operations that are left. */
export function refoldBody(batch: RemoteBatch, body: Body, operations: readonly Operation[]): Body {
  const bodyKey = recordKey(body.state);
  const keys = new Set(body.entries.map(recordKey));
  for (const { writes } of operations)
    for (const write of writes) if (write.id !== body.id && rootIdOf(write) === body.id) keys.add(recordKey(write));
  const applied = batch.state;
  const fold = (key: string): RecordState | undefined =>
    holdsInRecord(applied, key) === 'left' ? undefined : foldKey(batch, key, operations);
  const entries = [...keys].flatMap((key) => fold(key) ?? []);
  const times = [
    ...operations.map(({ occurredAt, at }) => occurredAt ?? at[0]),
    ...[bodyKey, ...keys].flatMap((key) => timesOf(baseOf(batch, key).state)),
  ];
  return {
    ...body,
    state: fold(bodyKey) ?? { ...body.state, fields: {} },
    entries,
    trail: trailFrom(batch, body, operations),
    createdAt: times.length === 0 ? body.createdAt : Math.min(...times),
    updatedAt: times.length === 0 ? body.updatedAt : Math.max(...times),
    ownSeq: Math.max(0, ...operations.map((operation) => ownNumber(batch.meta, operation))),
  };
}

/** The trail of the operations that are left, and what it had before of those the record came into scope with. */
function trailFrom(batch: RemoteBatch, body: Body, operations: readonly Operation[]): Body['trail'] {
  const known = new Set(operations.map(dotOf));
  // An entry may have come without its record.
  const bases =
    body.trail.length === 0 ? [] : [body.state, ...body.entries].map((state) => baseOf(batch, recordKey(state)).holds);
  let trail: Body['trail'] = body.trail.filter(
    ({ dot }) => !known.has(dot) && !batch.voidings.has(dot) && bases.some((holds) => holds(dot)),
  );
  for (const operation of operations)
    for (const write of operation.writes)
      if (rootIdOf(write) === body.id) trail = addToTrail(trail, trailOfWrite(operation, write, body.id));
  return trail;
}

function timesOf(state: RecordState | undefined): readonly number[] {
  return Object.values(state?.fields ?? {}).flatMap(({ heads }) => heads.map(({ ms }) => ms));
}

/** Folds those records again of which `isConcerned` says so, as far as their history is whole here. */
export async function refoldRecords(
  batch: RemoteBatch,
  ids: readonly string[],
  isConcerned: (body: Body) => boolean,
): Promise<void> {
  await batch.read(ids);
  for (const id of new Set(ids)) {
    const body = batch.bodies.get(id);
    if (!body || !isConcerned(body)) continue;
    const operations = await historyOf(batch, body);
    if (isComplete(batch, body, operations)) batch.keep(refoldBody(batch, body, operations));
  }
}
