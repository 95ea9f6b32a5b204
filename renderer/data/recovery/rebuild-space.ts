import type { RecoveryReport } from '../data-api.ts';
import type { DesktopPort } from '../desktop-port.ts';
import { ingest } from '../engine/ingest.ts';
import type { Space } from '../engine/space.ts';
import { showBodies } from '../engine/space-state.ts';
import { unpackBody } from '../storage/body-codec.ts';
import type { Body } from '../storage/body.ts';
import type { MetaRow } from '../storage/database.ts';
import { formerDevices, restoreRemote } from './kept-remote.ts';
import type { OperationPage } from './read-journals.ts';
import { readAllOperations } from './read-journals.ts';
import { putRows } from '../storage/raw-rows.ts';
import { openSnapshot } from './space-snapshot.ts';

export type Rebuilt = Pick<
  RecoveryReport,
  'fromSnapshot' | 'snapshotAt' | 'damagedSnapshots' | 'fromJournal' | 'inJournal' | 'recordsAfter' | 'lost'
>;

/** Why a database is rebuilt. `detail` as Chromium said it. */
export type RebuildReason = NonNullable<MetaRow['rebuilding']>;

export interface Replayed {
  /** Operations the journal had. */
  readonly read: number;
  readonly applied: number;
  readonly lost: number;
}

/**
 * Fills an empty space from the newest whole snapshot and every journal (D8). Nothing is written to the journal. Until
 * it is done the database says so itself: a rebuild that was interrupted is begun again, never taken for the whole.
 */
export async function rebuildSpace(
  space: Space,
  name: string,
  port: DesktopPort,
  why: RebuildReason,
): Promise<Rebuilt> {
  space.state.meta = { ...space.state.meta, rebuilding: why };
  await writeMeta(space);
  const snapshot = await restoreSnapshot(space, name, port);
  if (space.state.meta.former === undefined) space.state.meta = await formerDevices(space.state.meta, name, port);
  const { read, applied, lost } = await replay(space, readAllOperations(port, name), true);
  const { rebuilding: _, ...meta } = space.state.meta;
  space.state.meta = meta;
  await writeMeta(space);
  return { ...snapshot, fromJournal: applied, inJournal: read, recordsAfter: countRecords(space), lost };
}

/**
 * Applies operations that a journal holds. `logHeld` also logs what a snapshot had merged already. An operation that
 * is lost does not keep back the ones after it: they were acknowledged, too.
 */
export async function replay(space: Space, pages: AsyncIterable<OperationPage>, logHeld: boolean): Promise<Replayed> {
  let read = 0;
  let applied = 0;
  let lost = 0;
  const forked = new Set<string>();
  for await (const { lines, unreadable } of pages) {
    const following = lines.filter(({ operation }) => !forked.has(operation.device));
    const result = await ingest(space, following, { logHeld, takeGaps: true });
    for (const { dot } of result.refused) forked.add(dot.slice(0, dot.indexOf(':')));
    read += lines.length;
    applied += result.applied;
    lost += unreadable + result.skipped + result.refused.length + lines.length - following.length;
  }
  return { read, applied, lost };
}

async function restoreSnapshot(
  space: Space,
  name: string,
  port: DesktopPort,
): Promise<Pick<Rebuilt, 'fromSnapshot' | 'snapshotAt' | 'damagedSnapshots'>> {
  const { snapshot, damaged } = await openSnapshot(name, port);
  if (!snapshot) return { fromSnapshot: 0, snapshotAt: null, damagedSnapshots: damaged };
  for await (const scope of snapshot.scopes)
    await space.queue.exclusive(() => putRows(space.database, { scope }, 'strict'));
  let restored = 0;
  for await (const packed of snapshot.bodies) {
    // Log keys belong to the database that was lost; the journal's replay gives new ones.
    const bodies = packed.map((each): Body => ({ ...unpackBody(each), log: [] }));
    const meta = space.state.meta;
    showBodies(space.state, bodies);
    await space.queue.exclusive(async () => {
      const { rows, layout, placed } = space.state.store.planSegments(bodies);
      await putRows(space.database, { segments: rows, layout: [layout], meta: [meta] }, 'strict');
      placed();
    });
    restored += bodies.length;
  }
  const { vector, hashes, references, clock, user, device, remote } = snapshot.head;
  const meta = { ...space.state.meta, vector, hashes, references, clock: [clock[0], clock[1]] as const, user };
  space.state.meta = await restoreRemote(space, meta, device, remote);
  // Also when no journal follows (a profile that moved): the vector must be as durable as the records it stands for.
  await writeMeta(space);
  return { fromSnapshot: restored, snapshotAt: snapshot.takenAt, damagedSnapshots: damaged };
}

export async function writeMeta(space: Space): Promise<void> {
  await space.queue.exclusive(() => space.database.meta.put(space.state.meta));
}

export function countRecords(space: Space): number {
  let count = 0;
  for (const table of space.state.tables.all())
    for (let row = 0; row < table.size; row += 1) if (!table.isDeleted(row)) count += 1;
  return count;
}
