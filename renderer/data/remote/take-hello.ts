import { defaultsCommand } from '../../../shared/domain/service-level/default-policy.ts';
import type { HelloAnswer, Problem, PushAnswer } from '../../../shared/sync/protocol.ts';
import { parseOperation } from '../../../shared/sync/op-batch.ts';
import { dotOf } from '../../../shared/sync/operation.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import { voidOperation } from '../../../shared/sync/voiding.ts';
import { isOwnDevice, ownNumber } from '../engine/own-number.ts';
import type { Space } from '../engine/space.ts';
import { acknowledge, acknowledgedBy } from './acknowledge.ts';
import { findOperation } from './find-operation.ts';
import type { RemoteBatch, RemotePorts } from './remote-batch.ts';
import type { HelloTaken, PushBatch, PushTaken } from './remote-store.ts';
import { leaveDevice } from './settle-fork.ts';
import { unlinked } from '../engine/remote-state.ts';
import { addStale, staleRecords } from './stale-records.ts';
import { inBatch } from './take-page.ts';
import { takeOut } from './take-out.ts';
import { giveUpSnapshot, planFetch } from './take-part.ts';

/** Takes a greeting: whose endpoint it is, whether it knows this desk's id by other operations, who the desk is there. */
export async function takeHello(
  space: Space,
  ports: RemotePorts,
  hello: HelloAnswer,
  clockOffsetMs: number | null,
  unfitSnapshots: ReadonlySet<string>,
): Promise<HelloTaken> {
  const known = space.state.meta.remote?.space ?? '';
  if (known !== '' && known !== hello.space) return { next: 'wrong-space', fetch: 'nothing' };
  return inBatch(space, ports, async (batch) => {
    const { meta } = batch;
    const remote = meta.remote ?? unlinked;
    const isFirst = remote.scope === '';
    batch.meta = {
      ...meta,
      // A pull from the beginning brings all the desk may see.
      remote: {
        ...remote,
        space: hello.space,
        scope: isFirst ? hello.scope : remote.scope,
        clockOffset: clockOffsetMs === null ? remote.clockOffset : Math.round(clockOffsetMs),
      },
      user: hello.you.person === '' ? meta.user : hello.you.person,
    };
    if (await isForked(batch, hello)) {
      await leaveDevice(batch);
      // What the endpoint has of it shows once the fork is settled here.
      await acknowledge(batch, batch.meta.acknowledgedSeq ?? 0);
      return { next: 'device-renewed', fetch: 'nothing' };
    }
    await acknowledge(batch, await acknowledgedBy(hello, batch));
    const fetch = planFetch(remote, hello, unfitSnapshots);
    if (fetch !== 'snapshot') giveUpSnapshot(batch);
    return { next: 'go-on', fetch };
  });
}

/** The endpoint is given up: what is written from now on waits for nobody. */
export function forgetEndpoint(space: Space, ports: RemotePorts): Promise<void> {
  return inBatch(space, ports, (batch) => {
    batch.meta = { ...batch.meta, acknowledgedSeq: null, waitingSince: null };
    return Promise.resolve();
  });
}

/** Whether the endpoint holds more under this desk's id than the desk, or something else. */
async function isForked(batch: RemoteBatch, hello: HelloAnswer): Promise<boolean> {
  const { device, vector } = batch.meta;
  const held = seqOf(hello.held, device);
  if (held > seqOf(vector, device)) return true;
  if (held === 0) return false;
  await batch.index.load([{ device, seq: held }]);
  const ours = batch.hashOf(`${device}:${held}`);
  const theirs = Object.hasOwn(hello.lastHash, device) ? hello.lastHash[device] : undefined;
  return ours !== undefined && theirs !== undefined && ours !== theirs;
}

/** Takes the answer to a push: what the endpoint has now, and what it refused. */
export function takePushAnswer(space: Space, ports: RemotePorts, answer: PushAnswer): Promise<PushTaken> {
  return inBatch(space, ports, async (batch) => {
    await batch.index.load(answer.voids);
    let refused = 0;
    for (const { device, seq, code, ...told } of answer.voids) {
      const operation = await findOperation(space, batch.index, `${device}:${seq}`);
      if (!operation || batch.voidings.has(dotOf(operation))) continue;
      const voiding = voidOperation(operation, code, batch.state.voidingOf);
      const outcome = await takeOut(batch, voiding, null, { ...told, refusedAt: ports.now() });
      if (outcome === 'needs-history') addStale(batch, voiding.replaced);
      if (isOwnDevice(batch.meta, device) && operation.command !== defaultsCommand) refused += 1;
    }
    // An answer names only the chains of its push: what was written under an earlier id is known from the greeting.
    const before = batch.meta.acknowledgedSeq ?? 0;
    const { device, former = [] } = batch.meta;
    const held = ownNumber(batch.meta, { device, seq: seqOf(answer.held, device) });
    if (former.every(({ base, last }) => before >= base + last)) await acknowledge(batch, Math.max(before, held));
    return {
      acknowledgedSeq: batch.meta.acknowledgedSeq ?? before,
      refused,
      needsMore: Object.keys(answer.need).length > 0 || answer.ignored.length > 0,
      stale: staleRecords(batch.meta.remote),
    };
  });
}

/** Puts one own operation that the endpoint cannot take out of the way of the rest. */
export function setAside(
  space: Space,
  ports: RemotePorts,
  { lines, end }: PushBatch,
  problem: Problem,
): Promise<boolean> {
  return inBatch(space, ports, async (batch) => {
    const [first] = lines.split('\n').flatMap((line) => {
      const parsed = line === '' ? null : parseOperation(line);
      return parsed?.ok ? [parsed.value] : [];
    });
    const dot = first ? dotOf(first) : end && (`${end.device}:${end.seq}` as const);
    if (!dot || end?.device !== batch.meta.device) return false;
    await batch.index.load([end]);
    const operation = await findOperation(space, batch.index, dot);
    if (!operation || batch.voidings.has(dot)) return false;
    const [write] = operation.writes;
    const voiding = voidOperation(operation, 'withdrawn', batch.state.voidingOf);
    await takeOut(batch, voiding, null, {
      refusedAt: ports.now(),
      entity: write?.entity ?? '',
      id: write?.id ?? '',
      field: null,
      expected: problem.expected,
    });
    return true;
  });
}
