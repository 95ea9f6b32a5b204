import { setTimeout as pause } from 'node:timers/promises';
import type { LogRow, Store, StoreReader } from '../store/store.ts';
import type { SnapshotPace } from './make-snapshot.ts';
import { countBranches, readOffered } from './snapshot-book.ts';

/** Entries of one compressed segment. */
const segmentEntries = 500;
const segmentBytes = 4 * 1024 * 1024;

/**
 * Lets the log go cold: contents of entries received before `before` (ms), for which a snapshot stands, move into
 * compressed segments, and pages begin after them. Nothing is lost: chains, hashes and histories stay.
 */
export async function coolLog(
  store: Store,
  before: number,
  { rest, signal }: Pick<SnapshotPace, 'rest' | 'signal'>,
  entries = segmentEntries,
): Promise<void> {
  for (;;) {
    signal?.throwIfAborted();
    const began = performance.now();
    const isCooled = await store.write(async (writer) => {
      const rows = await nextSegment(writer, before, entries);
      await writer.archive.coolDown(rows);
      return rows.length > 0;
    });
    if (!isCooled) return;
    await pause((performance.now() - began) * rest);
  }
}

/** Whole segments only: small ones compress badly. */
async function nextSegment(store: StoreReader, before: number, entries: number): Promise<readonly LogRow[]> {
  const { minPosition } = await store.space();
  const [newest] = await readOffered(store, await countBranches(store));
  if (newest === undefined || newest.row.position < minPosition + 1) return [];
  const page = await store.page(minPosition, entries, segmentBytes);
  // A clock that was set back leaves younger entries in between: what follows them stays warm with them.
  const areOld = page.every(({ position, receivedAt }) => position <= newest.row.position && receivedAt < before);
  return areOld && isFull(page, entries) ? page : [];
}

function isFull(page: readonly LogRow[], entries: number): boolean {
  return page.length === entries || page.reduce((sum, { body }) => sum + body.length, 0) > segmentBytes / 2;
}
