import { dotOf } from '../../../shared/sync/operation.ts';
import { observe } from '../../../shared/sync/hybrid-clock.ts';
import { schemaVersion } from '../../../shared/domain/entities.ts';
import type { HelloAnswer } from '../../../shared/sync/protocol.ts';
import type { SnapshotManifest } from '../../../shared/sync/protocol-records.ts';
import type { RecordState } from '../../../shared/sync/record-state.ts';
import { covers, joinVersionVectors, seqOf } from '../../../shared/sync/version-vector.ts';
import { isOwnDevice, ownNumber } from '../engine/own-number.ts';
import { unlinked } from '../engine/remote-state.ts';
import type { Space } from '../engine/space.ts';
import type { HalfTaken, RemoteMeta } from '../storage/database.ts';
import type { RemoteBatch, RemotePorts } from './remote-batch.ts';
import type { HelloTaken, PartTaken, SnapshotPart } from './remote-store.ts';
import { standOn } from './scope-moves.ts';
import { dropStale } from './stale-records.ts';
import { inBatch } from './take-page.ts';
import { takeOut } from './take-out.ts';

/** A snapshot is worth taking when the log has more entries than this for the desk to read, one by one. */
const worthASnapshot = 20_000;

/** Stands for no scope there is: all records are to be fetched. */
export const unknownScope = '?';

/** What must be fetched before pages: by what is held, by what the endpoint offers, and by what did not fit before. */
export function planFetch(
  remote: RemoteMeta,
  { snapshot, epoch, minPosition, scope }: HelloAnswer,
  unfit: ReadonlySet<string>,
): HelloTaken['fetch'] {
  const { cursor, halfTaken } = remote;
  const isOffered = snapshot !== null && !unfit.has(snapshot.hash) && halfTaken?.isGivenUp !== true;
  const reached = cursor?.epoch === epoch ? cursor.position : 0;
  const isWorthIt =
    snapshot !== null &&
    (halfTaken !== undefined ||
      cursor === null ||
      reached < minPosition ||
      snapshot.position - reached > worthASnapshot);
  if (isOffered && isWorthIt) return 'snapshot';
  // Of what stands on a half taken one, the log does not tell what it has already.
  if (halfTaken !== undefined) return 'all-records';
  return remote.scope === '' || remote.scope === scope ? 'nothing' : 'all-records';
}

/**
 * Takes one part of a snapshot in one transaction: its records stand on the states sent, and what this desk holds above
 * them is folded in, its unsent work first of all. Until the last part nothing but that counts as held; then the desk
 * holds all the snapshot has, and goes on by pages from its position.
 */
export function takePart(space: Space, ports: RemotePorts, given: SnapshotPart): Promise<PartTaken> {
  const { hash, manifest, part, records } = given;
  const parts = Math.max(1, manifest.parts.length);
  return inBatch(space, ports, async (batch): Promise<PartTaken> => {
    const remote = batch.meta.remote ?? unlinked;
    if (remote.halfTaken === undefined && isTaken(remote, manifest)) return { ok: true, next: parts, done: true };
    const isSame = remote.halfTaken?.hash === hash;
    const next = isSame ? (remote.halfTaken?.next ?? 0) : 0;
    if (part < next) return { ok: true, next, done: false };
    if (part > next) return { ok: false, why: 'out-of-turn' };
    const why = await findObstacle(batch, manifest);
    if (why !== null) {
      giveUpSnapshot(batch);
      return { ok: false, why };
    }
    if (part === 0) await takeVoidings(batch, manifest, ports.now());
    await standOn(batch, records, manifest.held, 'until-all-is-held');
    observeStates(batch, records, ports.now());
    const begun: HalfTaken = isSame && remote.halfTaken ? remote.halfTaken : beginning(batch, given, parts);
    putRemote(batch, { ...(batch.meta.remote ?? remote), halfTaken: { ...begun, next: part + 1 } });
    dropStale(batch, records);
    const done = part + 1 === parts;
    if (done) finish(batch, manifest, begun);
    return { ok: true, next: part + 1, done };
  });
}

/** What a snapshot left half taken is completed otherwise: all records are fetched. */
export function giveUpSnapshot(batch: RemoteBatch): void {
  const { remote } = batch.meta;
  if (remote?.halfTaken) putRemote(batch, { ...remote, halfTaken: { ...remote.halfTaken, isGivenUp: true } });
}

function isTaken({ cursor }: RemoteMeta, { epoch, position }: SnapshotManifest): boolean {
  return cursor?.epoch === epoch && cursor.position >= position;
}

/** A desk that held others' records before may hold some that it may no longer see. */
function beginning(batch: RemoteBatch, { hash }: SnapshotPart, parts: number): HalfTaken {
  const { remote, vector } = batch.meta;
  const isFirst =
    remote?.halfTaken === undefined && Object.keys(vector).every((device) => isOwnDevice(batch.meta, device));
  return { hash, next: 0, parts, isFirst };
}

/** Why this desk cannot stand on the snapshot, without losing something: it must read the log instead. */
async function findObstacle(
  batch: RemoteBatch,
  { schemaVersion: madeBy, held, lastHash }: SnapshotManifest,
): Promise<'newer-version' | 'behind' | 'forked' | null> {
  if (madeBy > schemaVersion) return 'newer-version';
  const { meta } = batch;
  await batch.index.load(Object.keys(meta.vector).map((device) => ({ device, seq: seqOf(held, device) })));
  for (const [device, seq] of Object.entries(meta.vector)) {
    const theirs = seqOf(held, device);
    if (theirs === 0 && isOwnDevice(meta, device)) continue;
    if (theirs < seq && !isOwnDevice(meta, device)) return 'behind';
    const ours = theirs > seq ? undefined : batch.hashOf(`${device}:${theirs}`);
    const said = Object.hasOwn(lastHash, device) ? lastHash[device] : undefined;
    if (ours !== undefined && said !== undefined && ours !== said) return 'forked';
    // More of an own chain than is here, of which nobody said that it goes on from what is here.
    const isKnown = (meta.acknowledgedSeq ?? 0) >= ownNumber(meta, { device, seq });
    if (theirs > seq && isOwnDevice(meta, device) && !isKnown) return 'forked';
  }
  return null;
}

/** With the first part: what follows is folded knowing them. Own ones that were refused meanwhile go to the drawer. */
async function takeVoidings(batch: RemoteBatch, { voidings }: SnapshotManifest, now: number): Promise<void> {
  const here = voidings.filter(({ voiding }) => covers(batch.meta.vector, dotOf(voiding)));
  await batch.index.load(here.map(({ voiding }) => voiding));
  for (const { voiding, seal } of voidings) {
    const dot = dotOf(voiding);
    const known = batch.voidings.get(dot);
    if (known === undefined && covers(batch.meta.vector, dot)) await takeOut(batch, voiding, seal, { refusedAt: now });
    else if (known === undefined || (known.seal === null && known.voiding.hash === voiding.hash))
      batch.putVoiding({ dot, voiding, seal });
  }
}

/** What is written from now on comes after what was read. */
function observeStates(batch: RemoteBatch, records: readonly RecordState[], now: number): void {
  const offset = batch.meta.remote?.clockOffset ?? 0;
  let latest = 0;
  for (const { fields } of records)
    for (const { heads } of Object.values(fields)) for (const { ms } of heads) latest = Math.max(latest, ms);
  batch.meta = { ...batch.meta, clock: observe(batch.meta.clock, [latest - offset, 0], now) };
}

/** All parts are here: what the snapshot holds is held, and pages follow from its position. */
function finish(
  batch: RemoteBatch,
  { epoch, position, held, lastHash, scope }: SnapshotManifest,
  begun: HalfTaken,
): void {
  const { meta } = batch;
  const { halfTaken: _, ...remote } = meta.remote ?? unlinked;
  const hashes = { ...meta.hashes };
  for (const [device, seq] of Object.entries(held)) {
    if (seq <= seqOf(meta.vector, device)) continue;
    delete hashes[device];
    const hash = Object.hasOwn(lastHash, device) ? lastHash[device] : undefined;
    if (hash !== undefined) hashes[device] = hash;
  }
  batch.meta = {
    ...meta,
    vector: joinVersionVectors(meta.vector, held),
    hashes,
    remote: {
      ...remote,
      cursor: { epoch, position },
      scope: begun.isFirst ? scope : unknownScope,
      reread: { upTo: 0, unfit: [] },
    },
  };
}

function putRemote(batch: RemoteBatch, remote: RemoteMeta): void {
  batch.meta = { ...batch.meta, remote };
}
