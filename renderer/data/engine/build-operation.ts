import type { Change } from '../../../shared/domain/change.ts';
import { schemaVersion } from '../../../shared/domain/entities.ts';
import { tick } from '../../../shared/sync/hybrid-clock.ts';
import { parentsOf } from '../../../shared/sync/merge.ts';
import type { Operation, Write } from '../../../shared/sync/operation.ts';
import { parseReference } from '../../../shared/sync/reference.ts';
import type { RecordState } from '../../../shared/sync/record-state.ts';
import { advance, seqOf } from '../../../shared/sync/version-vector.ts';
import type { Body } from '../storage/body.ts';
import type { MetaRow } from '../storage/database.ts';
import { rootIdOf } from './apply-operation.ts';

export interface Intent {
  readonly command: string;
  readonly user: string;
  readonly changes: readonly Change[];
  readonly occurredAt?: number;
  /** What the one change replaces, when that is not all there is. */
  readonly parents?: Write['parents'];
}

/** Makes the next operation of this device out of what a decision wants, with the heads it replaces as parents. */
export function buildOperation(
  intent: Intent,
  meta: MetaRow,
  wallMs: number,
  bodies: ReadonlyMap<string, Body>,
): Operation {
  const seq = seqOf(meta.vector, meta.device) + 1;
  return {
    device: meta.device,
    seq,
    at: tick(meta.clock, wallMs),
    clockOffset: meta.remote?.clockOffset ?? null,
    user: intent.user,
    schemaVersion,
    previousHash: meta.hashes[meta.device] ?? '',
    command: intent.command,
    ...(intent.occurredAt === undefined ? {} : { occurredAt: intent.occurredAt }),
    writes: mergeWrites(intent.changes).map((change) => toWrite(change, bodies, intent.parents)),
  };
}

/** Two changes of one record in one decision are one write: a later value replaces an earlier one. */
function mergeWrites(changes: readonly Change[]): readonly Change[] {
  const byRecord = new Map<string, Change>();
  for (const change of changes) {
    const key = `${change.entity}/${change.id}`;
    const earlier = byRecord.get(key);
    byRecord.set(key, earlier ? { ...earlier, fields: { ...earlier.fields, ...change.fields } } : change);
  }
  return [...byRecord.values()].filter((change) => Object.keys(change.fields).length > 0);
}

function toWrite(change: Change, bodies: ReadonlyMap<string, Body>, parents?: Write['parents']): Write {
  const state = stateOf(change, bodies);
  if (change.create === true && state && Object.keys(state.fields).length > 0)
    throw new Error(`${change.entity} ${change.id} exists already and cannot be created`);
  return {
    entity: change.entity,
    id: change.id,
    fields: change.fields,
    parents: parents ?? parentsOf(state, Object.keys(change.fields)),
  };
}

/** The heads that a change replaces, among all there are in these bodies. */
export function parentsOfChange(change: Change, bodies: ReadonlyMap<string, Body>): Write['parents'] {
  return parentsOf(stateOf(change, bodies), Object.keys(change.fields));
}

function stateOf(change: Change, bodies: ReadonlyMap<string, Body>): RecordState | undefined {
  const body = bodies.get(rootIdOf(change));
  return body?.id === change.id ? body.state : body?.entries.find((entry) => entry.id === change.id);
}

/** What the space knows once the operation is applied and logged. */
export function advanceMeta(meta: MetaRow, operation: Operation, logKey: number, hash: string): MetaRow {
  return {
    ...countLogged(meta, logKey),
    vector: advance(meta.vector, operation.device, operation.seq),
    hashes: { ...meta.hashes, [operation.device]: hash },
    clock: operation.device === meta.device ? operation.at : meta.clock,
  };
}

/** One more operation in the log, in the row of this key. */
export function countLogged(meta: MetaRow, logKey: number): MetaRow {
  return {
    ...meta,
    operations: meta.operations + 1,
    logRows: meta.lastLogKey === logKey ? meta.logRows : meta.logRows + 1,
    lastLogKey: logKey,
  };
}

/**
 * Own operations that come back from the journal bring the references they gave: a reference is never given twice (D1),
 * also when the row that counts them was lost.
 */
export function countReferences(meta: MetaRow, operation: Operation): MetaRow {
  const references = { ...meta.references };
  for (const { fields } of operation.writes) {
    const given = typeof fields['reference'] === 'string' ? parseReference(fields['reference']) : undefined;
    if (!given || !meta.device.startsWith(given.tag)) continue;
    references[given.prefix] = Math.max(references[given.prefix] ?? 0, given.count);
  }
  return { ...meta, references };
}
