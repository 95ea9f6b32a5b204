import { putRows } from '../storage/raw-rows.ts';
import type { Space } from './space.ts';

/** Bodies moved in one transaction: short enough that a save never waits for it noticeably. */
const slice = 96;

/**
 * Idle work on the stores: deltas into segments, columns into their snapshot. All of it is derived; losing any of it
 * to a crash costs time at the next start and nothing else.
 */
export async function consolidate(space: Space, isIdle: () => boolean): Promise<void> {
  while (isIdle()) {
    const remaining = await space.queue.exclusive(() => space.state.store.consolidate(slice));
    if (remaining === 0) return;
  }
}

/**
 * Saves the columns. Copied while everything applied in memory is durable, so that the snapshot never shows what a
 * crash could take back; resolves false when a commit was under way.
 */
export async function saveColumns(space: Space): Promise<boolean> {
  if (!space.queue.idle) return false;
  const segment = space.state.store.lastSegment;
  const rows = [...space.state.tables.all()].map((table) => ({ kind: table.kind, segment, table: table.save() }));
  await putRows(space.database, { snapshot: rows }, 'relaxed');
  return true;
}
