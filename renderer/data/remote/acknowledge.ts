import type { HelloAnswer } from '../../../shared/sync/protocol.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import { ownDotAt, ownTotal } from '../engine/own-number.ts';
import type { FormerDevice } from '../storage/database.ts';
import { findOperation } from './find-operation.ts';
import type { RemoteBatch } from './remote-batch.ts';
import { forgetPushed } from './scope-moves.ts';

/** Up to which of its own operations (own-number.ts) the endpoint has them. */
export async function acknowledgedBy(hello: HelloAnswer, batch: RemoteBatch): Promise<number> {
  let acknowledged = 0;
  for (const former of batch.meta.former ?? []) {
    acknowledged = former.base + (await heldOf(former, hello, batch));
    if (acknowledged < former.base + former.last) return acknowledged;
  }
  return acknowledged + seqOf(hello.held, batch.meta.device);
}

/**
 * How many of the operations of an id this desk had before the endpoint holds. Until the fork is settled here, it may
 * hold another chain under their numbers: then only what was known before the two parted counts.
 */
async function heldOf(former: FormerDevice, hello: HelloAnswer, batch: RemoteBatch): Promise<number> {
  const { device, last, branch, base } = former;
  const held = seqOf(hello.held, device);
  if (branch) {
    const before = Math.min(held, branch.partedAt - 1);
    return before < branch.partedAt - 1 ? before : before + seqOf(hello.held, branch.device);
  }
  const partedAt = batch.branches.forks.get(device);
  await batch.index.load([
    { device, seq: held },
    { device, seq: partedAt ?? held },
  ]);
  const isSame = held === 0 || hello.lastHash[device] === batch.hashOf(`${device}:${held}`);
  if (partedAt === undefined && isSame) return Math.min(held, last);
  const theirs = Object.hasOwn(hello.forks, device) ? hello.forks[device] : undefined;
  // Ours kept the name here: the endpoint may still hold the other chain under it.
  const isSettled = theirs?.seq === partedAt && theirs?.hash === batch.hashOf(`${device}:${partedAt ?? held}`);
  if (partedAt !== undefined && isSettled) return Math.min(held, last);
  const known = Math.max(0, (batch.meta.acknowledgedSeq ?? 0) - base);
  return Math.min(held, last, partedAt === undefined ? known : partedAt - 1);
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
