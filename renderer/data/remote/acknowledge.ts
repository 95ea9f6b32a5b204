import type { HelloAnswer } from '../../../shared/sync/protocol.ts';
import type { VersionVector } from '../../../shared/sync/record-state.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import { ownDotAt, ownTotal } from '../engine/own-number.ts';
import type { FormerDevice } from '../storage/database.ts';
import { findOperation } from './find-operation.ts';
import type { RemoteBatch } from './remote-batch.ts';
import { forgetPushed } from './scope-moves.ts';

/** What an endpoint says it holds, as far as it is known: an answer to a push names only some devices. */
export interface HeldThere {
  readonly held: VersionVector;
  readonly forks: HelloAnswer['forks'];
}

/** Up to which of its own operations (own-number.ts) the endpoint has them. The places at the partings must be loaded. */
export function acknowledgedBy({ held, forks }: HeldThere, batch: RemoteBatch): number {
  let acknowledged = 0;
  for (const former of batch.meta.former ?? []) {
    acknowledged = former.base + heldOf(former, held, forks, batch);
    if (acknowledged < former.base + former.last) return acknowledged;
  }
  return acknowledged + seqOf(held, batch.meta.device);
}

function heldOf(former: FormerDevice, held: VersionVector, forks: HeldThere['forks'], batch: RemoteBatch): number {
  const { device, last, branch } = former;
  const seq = Math.min(seqOf(held, device), last);
  if (branch) return Math.min(seq, branch.partedAt - 1) + (seq < branch.partedAt - 1 ? 0 : seqOf(held, branch.device));
  const partedAt = batch.branches.forks.get(device);
  if (partedAt === undefined) return seq;
  // Ours kept the name here: the endpoint may still hold the other chain under it.
  const theirs = Object.hasOwn(forks, device) ? forks[device] : undefined;
  const isSame = theirs?.seq === partedAt && theirs.hash === batch.hashOf(`${device}:${partedAt}`);
  return isSame ? seq : Math.min(seq, partedAt - 1);
}

/** Notes up to where the endpoint has what was written here; records that wait to leave the scope may go then. */
export async function acknowledge(batch: RemoteBatch, acknowledgedSeq: number): Promise<void> {
  const { meta } = batch;
  const isDated = (meta.waitingSince ?? null) !== null || acknowledgedSeq >= ownTotal(meta);
  if (meta.acknowledgedSeq === acknowledgedSeq && isDated) return;
  batch.meta = { ...meta, acknowledgedSeq, waitingSince: await oldestWaiting(batch, acknowledgedSeq) };
  await forgetPushed(batch);
}

/** Wall time of the first own operation after a number; null when there is none, or the log lacks it. */
async function oldestWaiting(batch: RemoteBatch, after: number): Promise<number | null> {
  if (after >= ownTotal(batch.meta)) return null;
  const place = ownDotAt(batch.meta, after + 1);
  if (!place) return null;
  await batch.index.load([place]);
  const operation = await findOperation(batch.space, batch.index, `${place.device}:${place.seq}`);
  return operation?.at[0] ?? null;
}
