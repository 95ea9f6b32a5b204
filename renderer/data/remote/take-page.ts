import { cursorAfter, planPull, type Cursor } from '../../../shared/sync/exchange.ts';
import { parseDot } from '../../../shared/sync/operation.ts';
import type { HelloAnswer } from '../../../shared/sync/protocol.ts';
import type { PullPage } from '../../../shared/sync/protocol-lines.ts';
import type { Reader } from '../../../shared/sync/quarantine.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { Space } from '../engine/space.ts';
import { isOwnDevice } from '../engine/own-number.ts';
import { unlinked } from '../engine/remote-state.ts';
import type { RemoteMeta } from '../storage/database.ts';
import { takeEntries, type TakenEntries } from './apply-page.ts';
import { ChainIndex } from './chain-index.ts';
import { commitBatch } from './commit-batch.ts';
import { indexLog, indexRest } from './index-log.ts';
import { ownReader } from './reader.ts';
import { RemoteBatch, type RemotePorts } from './remote-batch.ts';
import type { AppliedPage } from './remote-store.ts';
import { addStale, staleRecords } from './stale-records.ts';

const start: Cursor = { epoch: '', position: 0 };

/** Runs work on a batch in one turn and makes it durable with whatever the work put into it. */
export async function inBatch<Value>(
  space: Space,
  ports: RemotePorts,
  work: (batch: RemoteBatch) => Promise<Value>,
  reader: Reader = ownReader,
): Promise<Value> {
  await indexLog(space);
  return space.inTurn(async () => {
    const batch = new RemoteBatch(space, reader, ports);
    batch.meta = { ...batch.meta, placesUpTo: await indexRest(space, batch.index) };
    const { device } = batch.meta;
    const value = await work(batch);
    // Its own lines are in the index already.
    batch.meta = { ...batch.meta, placesUpTo: batch.meta.lastLogKey };
    await commitBatch(batch, batch.meta.device === device ? 'relaxed' : 'strict');
    return value;
  });
}

/** Takes one page of an endpoint's log in one transaction with the cursor (I6), without any effect (D7). */
export function takePage(space: Space, ports: RemotePorts, page: PullPage, reader?: Reader): Promise<AppliedPage> {
  return inBatch(
    space,
    ports,
    async (batch) => {
      const { device } = batch.meta;
      if (batch.meta.remote?.halfTaken !== undefined) return notTaken(batch.meta.remote);
      const branches = ownBranches(batch);
      const taken = await takeEntries(batch, page, ports.now());
      const remote = batch.meta.remote ?? unlinked;
      const after = moveCursor(remote, page, taken);
      batch.meta = { ...batch.meta, remote: { ...remote, ...after } };
      addStale(batch, taken.stale);
      const { end } = page;
      // What was written under an id that has parted is to be pushed under its new name at once.
      const hasParted = batch.meta.device !== device || ownBranches(batch) > branches;
      const greetAgain = hasParted || (remote.scope !== '' && end.scope !== remote.scope);
      const cursor = after.cursor;
      const stale = staleRecords(batch.meta.remote);
      return { ...taken, stale, cursor, atHead: cursor.position >= end.head, greetAgain };
    },
    reader,
  );
}

/** What stands on a half taken snapshot has applied more than counts as held: pages come after its last part. */
function notTaken(remote: RemoteMeta): AppliedPage {
  const nothing = { counts: {}, unfit: [], followed: new Set<string>(), atHead: false, greetAgain: true };
  return { ...nothing, stale: staleRecords(remote), cursor: remote.cursor ?? start };
}

function ownBranches({ meta, branches }: RemoteBatch): number {
  return [...branches.entries.keys()].filter((key) => isOwnDevice(meta, key.slice(0, key.indexOf(' ')))).length;
}

/**
 * Entries that do not fit show that the log is not the one the cursor was for: begin anew, once. What does not fit when
 * the log is read from its beginning never will; the chains of those devices are left out, and the rest goes on. A page
 * that came ahead of its turn says nothing.
 */
function moveCursor(
  remote: RemoteMeta,
  page: PullPage,
  { unfit, followed }: TakenEntries,
): Pick<RemoteMeta, 'reread'> & { readonly cursor: Cursor } {
  const { epoch, from, to, head } = page.end;
  const cursor = remote.cursor ?? start;
  const isSameLife = cursor.epoch === epoch;
  const before = isSameLife ? remote.reread : { upTo: 0, unfit: [] };
  // What was missing of a chain has come: the rest of it is to be read once more.
  const known = { ...before, unfit: before.unfit.filter((device) => !followed.has(device)) };
  const reread = from === 0 ? { upTo: head, unfit: known.unfit } : known;
  const isInTurn = from === 0 || (isSameLife && from <= cursor.position);
  const isRereading = from < reread.upTo;
  const devices = new Set(unfit.map(({ dot }) => parseDot(dot).device));
  for (const device of reread.unfit) devices.delete(device);
  const mustBeginAnew = isInTurn && devices.size > 0 && !isRereading;
  // Positions are counted by the endpoint: a page may have fewer entries than it covers.
  const covered = { epoch, from, entries: { length: to - from } as readonly unknown[] };
  return {
    cursor: cursorAfter(cursor, covered, mustBeginAnew ? -1 : to - from),
    reread: isInTurn && isRereading ? { ...reread, unfit: [...reread.unfit, ...devices] } : reread,
  };
}

/** Where to pull from, as `planPull` says; chains that cannot be followed here say nothing. */
export async function pullFrom(space: Space, hello: HelloAnswer): Promise<Cursor> {
  await indexLog(space);
  return space.inTurn(async () => {
    const { meta, remote: state } = space.state;
    const { cursor, reread } = meta.remote ?? unlinked;
    const index = new ChainIndex(space.database);
    await indexRest(space, index);
    const devices = Object.keys(hello.held).filter((device) => !reread.unfit.includes(device));
    await index.load(devices.map((device) => ({ device, seq: seqOf(hello.held, device) })));
    const followed = {
      ...hello,
      held: Object.fromEntries(devices.map((device) => [device, seqOf(hello.held, device)])),
      lastHash: Object.fromEntries(Object.entries(hello.lastHash).filter(([device]) => devices.includes(device))),
      voided: hello.voided.filter((dot) => devices.includes(parseDot(dot).device)),
    };
    return planPull(cursor ?? start, followed, {
      held: meta.vector,
      hashOf: (dot) => {
        const { device, seq } = parseDot(dot);
        if (seq === seqOf(meta.vector, device)) return meta.hashes[device];
        return index.at(dot).hash || undefined;
      },
      voidings: new Map([...state.voidings].map(([dot, row]) => [dot, row.voiding])),
      forks: state.branches.forks,
    });
  });
}
