import type { RecoveryReport } from '../data-api.ts';
import type { DesktopPort } from '../desktop-port.ts';
import { ingest } from '../engine/ingest.ts';
import type { Space } from '../engine/space.ts';
import { showBodies } from '../engine/space-state.ts';
import { unpackBody } from '../storage/body-codec.ts';
import type { Body } from '../storage/body.ts';
import { parseOperation } from '../storage/operation-lines.ts';
import type { OperationLine } from '../storage/operation-lines.ts';
import { readJournal } from './journal-port.ts';
import { openSnapshot } from './space-snapshot.ts';

export type Rebuilt = Pick<RecoveryReport, 'fromSnapshot' | 'fromJournal' | 'recordsAfter' | 'lost'>;

/** Fills an empty space from the newest snapshot and the whole journal (D8). Nothing is written to the journal. */
export async function rebuildSpace(space: Space, name: string, port: DesktopPort): Promise<Rebuilt> {
  const fromSnapshot = await restoreSnapshot(space, name, port);
  const { applied, refused } = await replayJournal(space, name, port, 0, true);
  return { fromSnapshot, fromJournal: applied, recordsAfter: countRecords(space), lost: refused };
}

/** Applies journal entries after a sequence number. `logHeld` also logs what the snapshot had merged already. */
export async function replayJournal(
  space: Space,
  name: string,
  port: DesktopPort,
  after: number,
  logHeld: boolean,
): Promise<{ readonly applied: number; readonly refused: number }> {
  let applied = 0;
  let refused = 0;
  for await (const entries of readJournal(port, name, after)) {
    const lines: OperationLine[] = [];
    for (const entry of entries) {
      try {
        lines.push({ operation: parseOperation(entry.text, `journal entry ${entry.seq}`), text: entry.text });
      } catch {
        // Counted and shown on the recovery screen; the journal file itself is left as it is.
        refused += 1;
      }
    }
    const result = await ingest(space, lines, { logHeld });
    applied += result.applied;
    refused += result.refused.length;
  }
  return { applied, refused };
}

async function restoreSnapshot(space: Space, name: string, port: DesktopPort): Promise<number> {
  const snapshot = await openSnapshot(name, port);
  if (!snapshot) return 0;
  let restored = 0;
  for await (const packed of snapshot.bodies) {
    // Log keys belong to the database that was lost; the journal's replay gives new ones.
    const bodies = packed.map((each): Body => ({ ...unpackBody(each), log: [] }));
    const meta = space.state.meta;
    showBodies(space.state, bodies);
    await space.queue.exclusive(async () => {
      const { database } = space;
      let placed: () => void = () => undefined;
      await database.transaction('rw', [database.segments, database.layout, database.meta], async () => {
        placed = await space.state.store.addSegments(bodies);
        await database.meta.put(meta);
      });
      placed();
    });
    restored += bodies.length;
  }
  const { vector, hashes, references, clock, user } = snapshot.head;
  space.state.meta = { ...space.state.meta, vector, hashes, references, clock: [clock[0], clock[1]], user };
  // Also when no journal follows (a profile that moved): the vector must be as durable as the records it stands for.
  await space.queue.exclusive(() => space.database.meta.put(space.state.meta));
  return restored;
}

export function countRecords(space: Space): number {
  let count = 0;
  for (const table of space.state.tables.all())
    for (let row = 0; row < table.size; row += 1) if (!table.isDeleted(row)) count += 1;
  return count;
}
