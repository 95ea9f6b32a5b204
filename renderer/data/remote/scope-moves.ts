import { entityDefinition } from '../../../shared/domain/entities.ts';
import { canonicalJson } from '../../../shared/sync/canonical-json.ts';
import { pruneGone, recordKey } from '../../../shared/sync/fold.ts';
import type { RecordState, VersionVector } from '../../../shared/sync/record-state.ts';
import type { SentRecord } from '../../../shared/sync/sent-record.ts';
import { addToTrail, type TrailEvent } from '../../../shared/sync/trail.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import { partOfField } from '../engine/apply-operation.ts';
import { isOwnDevice } from '../engine/own-number.ts';
import type { Body } from '../storage/body.ts';
import { historyOf, refoldBody } from './history.ts';
import type { RemoteBatch } from './remote-batch.ts';
import type { RecordName } from './stale-records.ts';

/**
 * Records that came into scope stand on the state sent for them, which has applied `held`; what this desk holds above it
 * (its own operations first of all) is folded in. Returns those that cannot come in now: the sender lacks what was
 * skipped here and would not be sent again; they must be fetched later.
 */
export async function enterScope(
  batch: RemoteBatch,
  states: readonly SentRecord[],
  held: VersionVector,
): Promise<readonly RecordName[]> {
  const known = states.filter(({ entity }) => entityDefinition(entity) !== undefined);
  if (known.length === 0) return [];
  const mayEnter = Object.entries(batch.meta.vector).every(
    ([device, seq]) => isOwnDevice(batch.meta, device) || seqOf(held, device) >= seq,
  );
  if (!mayEnter) return known.map(({ entity, id }) => ({ entity, id }));
  if (await standOn(batch, known, held, 'for-good')) markFiltered(batch);
  return [];
}

/**
 * Records stand on these states, which have applied `held`; what is held here above it is folded in. `for-good`: what
 * they stand on is kept, since more of `held` may come by pages. `until-all-is-held`: only for this batch; the caller
 * sees to it that no page comes before the desk holds all of `held`. False when all of it was here already.
 */
export async function standOn(
  batch: RemoteBatch,
  states: readonly SentRecord[],
  held: VersionVector,
  how: 'for-good' | 'until-all-is-held',
): Promise<boolean> {
  const known = states.filter(({ entity }) => entityDefinition(entity) !== undefined);
  const roots = new Map<string, RecordState[]>();
  const trails = new Map<string, TrailEvent[]>();
  await batch.read(known.flatMap((state) => rootOf(state, batch) ?? []));
  await batch.readScope(known.map(recordKey));
  // A half taken snapshot left states here whose operations do not count as held: pages must find what they stand on.
  const mayPass = how === 'until-all-is-held' || batch.meta.remote?.halfTaken === undefined;
  for (const sent of known) {
    const { trail = [], ...state } = sent;
    const root = rootOf(state, batch);
    if (root === undefined || (mayPass && isHeldAs(batch, root, state))) continue;
    if (how === 'for-good') batch.putBase(state, held);
    else batch.lendBase(state, held);
    const parts = roots.get(root) ?? [];
    parts.push(state);
    roots.set(root, parts);
    const entry = state.id === root ? {} : { entry: state.id };
    trails.set(root, [...(trails.get(root) ?? []), ...trail.map((event) => ({ ...event, ...entry }))]);
  }
  await batch.read(roots.keys());
  for (const [id, parts] of roots) {
    const body = batch.bodies.get(id) ?? emptyRoot(id, parts);
    const history = await historyOf(batch, body);
    const named = new Set([body.state, ...body.entries].map(recordKey));
    const added = parts.filter((state) => state.id !== id && !named.has(recordKey(state)));
    const trail = joinTrails(body.trail, trails.get(id) ?? []);
    batch.keep(refoldBody(batch, { ...body, trail, entries: [...body.entries, ...added] }, history));
  }
  stopLeaving(batch, roots);
  return roots.size > 0;
}

/** What is known here stays: it is the same event, or one of a chain that the sender does not have. */
function joinTrails(held: readonly TrailEvent[], sent: readonly TrailEvent[]): readonly TrailEvent[] {
  if (held.length === 0) return sent;
  return sent.reduce<readonly TrailEvent[]>(addToTrail, held);
}

/** Whether a record is here just as it was sent: then it need not stand on what was sent. */
function isHeldAs(batch: RemoteBatch, root: string, state: RecordState): boolean {
  const body = batch.bodies.get(root);
  if (body === undefined) return false;
  const held = body.id === state.id ? body.state : body.entries.find(({ id }) => id === state.id);
  const { holds } = batch.state;
  const text = (each: RecordState): string => canonicalJson(pruneGone(each, holds).fields);
  return held !== undefined && !batch.meta.remote?.leaving.includes(root) && text(held) === text(state);
}

/** What came back before its own operations were acknowledged is not forgotten once they are. */
function stopLeaving(batch: RemoteBatch, back: Pick<ReadonlySet<string>, 'has'>): void {
  const { remote } = batch.meta;
  if (!remote?.leaving.some((id) => back.has(id))) return;
  batch.meta = { ...batch.meta, remote: { ...remote, leaving: remote.leaving.filter((id) => !back.has(id)) } };
}

/** Records that went out of scope are forgotten; one with own operations nobody else has stays until they are pushed. */
export async function leaveScope(batch: RemoteBatch, records: readonly RecordName[]): Promise<void> {
  if (records.length === 0) return;
  const roots = records.filter(({ entity }) => entityDefinition(entity)?.partOf === undefined);
  await batch.read(roots.map(({ id }) => id));
  const acknowledged = batch.meta.acknowledgedSeq ?? 0;
  const staying = new Set<string>();
  for (const { id } of roots) if ((batch.bodies.get(id)?.ownSeq ?? 0) > acknowledged) staying.add(id);
  for (const record of records) if (!staying.has(rootIdIn(batch, record) ?? '')) forget(batch, record);
  const { remote } = batch.meta;
  if (remote) {
    const leaving = new Set([...remote.leaving, ...staying]);
    batch.meta = { ...batch.meta, remote: { ...remote, leaving: [...leaving] } };
  }
  markFiltered(batch);
}

/** Forgets the records that left the scope earlier and of which everything is pushed now. */
export async function forgetPushed(batch: RemoteBatch): Promise<void> {
  const { remote } = batch.meta;
  if (!remote || remote.leaving.length === 0) return;
  await batch.read(remote.leaving);
  const acknowledged = batch.meta.acknowledgedSeq ?? 0;
  const staying: string[] = [];
  for (const id of remote.leaving) {
    const body = batch.bodies.get(id);
    if (body && body.ownSeq > acknowledged) staying.push(id);
    else if (body) for (const state of [...body.entries, body.state]) forget(batch, state);
  }
  batch.meta = { ...batch.meta, remote: { ...remote, leaving: staying } };
}

function forget(batch: RemoteBatch, record: RecordName): void {
  const key = recordKey(record);
  batch.putScope({ key, state: null, held: null });
  const root = rootIdIn(batch, record);
  const body = root === undefined ? undefined : batch.bodies.get(root);
  if (!body) return;
  if (body.id === record.id) batch.keep({ ...body, state: { ...body.state, fields: {} }, entries: [] });
  else batch.keep({ ...body, entries: body.entries.filter((entry) => entry.id !== record.id) });
}

/** Id of the record that one is stored with; of an entry, that of the record in this batch that has it. */
function rootIdIn(batch: RemoteBatch, { entity, id }: RecordName): string | undefined {
  if (entityDefinition(entity)?.partOf === undefined) return id;
  for (const body of batch.bodies.values()) if (body.entries.some((entry) => entry.id === id)) return body.id;
  return undefined;
}

/** Id of the record that a record is stored with. */
export function rootOf(state: RecordState, batch: RemoteBatch): string | undefined {
  if (entityDefinition(state.entity)?.partOf === undefined) return state.id;
  const value = state.fields[partOfField(state.entity)]?.heads[0]?.value;
  return typeof value === 'string' ? value : rootIdIn(batch, state);
}

function emptyRoot(id: string, parts: readonly RecordState[]): Body {
  const root = parts.find((state) => state.id === id);
  const [first] = parts;
  const entity = root?.entity ?? entityDefinition(first?.entity ?? '')?.partOf ?? '';
  const at = Number.POSITIVE_INFINITY;
  return {
    entity,
    id,
    state: { entity, id, fields: {} },
    entries: [],
    trail: [],
    log: [],
    createdAt: at,
    updatedAt: 0,
    ownSeq: 0,
  };
}

function markFiltered(batch: RemoteBatch): void {
  const { remote } = batch.meta;
  if (remote && !remote.isFiltered) batch.meta = { ...batch.meta, remote: { ...remote, isFiltered: true } };
}
