import type { JournalState } from '../../../shared/desktop-api.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { RecoveryReport } from '../data-api.ts';
import { askDesktop } from '../desktop-port.ts';
import type { DesktopPort } from '../desktop-port.ts';
import type { Space } from '../engine/space.ts';
import { logRowOperations } from '../storage/operation-lines.ts';
import { renewDevice } from '../engine/own-number.ts';
import { createJournalWriter, readJournal } from './journal-port.ts';
import { readOwnOperations } from './read-journals.ts';
import { replay, writeMeta } from './rebuild-space.ts';
import type { Replayed } from './rebuild-space.ts';

export interface Reconciled extends Replayed {
  /** What was done to the journal; null when there was nothing to do. */
  readonly journal: RecoveryReport['journal'];
}

/**
 * Brings a loaded database and the journal to the same point, whichever is ahead: a crash between the two leaves one a
 * few operations behind; damage or a restored backup, more. A damaged journal is written again from the database, so
 * that there are two copies of everything once more, and is put aside: it is spoken of once, not at every start. When
 * numbers stand for operations that are lost or differ, the device goes on under a new id.
 */
export async function reconcileJournal(
  space: Space,
  name: string,
  journal: JournalState,
  port: DesktopPort,
): Promise<Reconciled> {
  const before = ownSeq(space);
  const behind = before < journal.lastSeq;
  const replayed = behind
    ? await replay(space, readOwnOperations(port, name, before), false)
    : { read: 0, applied: 0, lost: 0 };
  const own = ownSeq(space);
  if (own < journal.lastSeq || (await isForked(space, name, journal.lastSeq, port))) {
    await restart(space, name, 'new-device', port);
    return { ...replayed, lost: replayed.lost + Math.max(0, journal.lastSeq - own), journal: 'new-device' };
  }
  if (journal.damage.length > 0 || replayed.lost > 0) {
    await restart(space, name, 'same-device', port);
    await writeFromLog(space, name, 0, port);
    return { ...replayed, journal: 'written-again' };
  }
  if (own === journal.lastSeq) return { ...replayed, journal: null };
  if (await writeFromLog(space, name, journal.lastSeq, port)) return { ...replayed, journal: null };
  // The log lacks what lies between: the journal can only begin again where the database is.
  await restart(space, name, 'same-device', port);
  await writeFromLog(space, name, 0, port);
  return { ...replayed, journal: 'written-again' };
}

function ownSeq(space: Space): number {
  return seqOf(space.state.meta.vector, space.state.meta.device);
}

/** Whether the journal's last entry is another operation than the one the database holds under its number. */
async function isForked(space: Space, name: string, lastSeq: number, port: DesktopPort): Promise<boolean> {
  // A database that is just as far, or was brought there by the replay above, has had its chain checked link by link.
  if (lastSeq === 0 || ownSeq(space) === lastSeq) return false;
  for await (const entries of readJournal(port, name, lastSeq - 1)) {
    const [entry] = entries;
    const held = (await ownTexts(space, lastSeq - 1)).get(lastSeq);
    return entry !== undefined && held !== undefined && entry.text !== held;
  }
  return false;
}

async function restart(space: Space, name: string, as: 'same-device' | 'new-device', port: DesktopPort): Promise<void> {
  const { device } = await askDesktop(port, 'journalRestart', { space: name, as });
  space.state.meta = renewDevice(space.state.meta, device);
  await writeMeta(space);
}

/**
 * Writes to the journal what the log has of this device after a number. After 0, what it has in one piece up to the
 * newest: an empty journal may begin with any number.
 * @returns false when the log lacks operations after the number; nothing was written
 */
async function writeFromLog(space: Space, name: string, after: number, port: DesktopPort): Promise<boolean> {
  const texts = await ownTexts(space, after);
  const last = ownSeq(space);
  let first = last + 1;
  while (first > after + 1 && texts.has(first - 1)) first -= 1;
  if (after > 0 && first !== after + 1) return false;
  const lines = Array.from({ length: last + 1 - first }, (_, index) => texts.get(first + index) ?? '');
  if (lines.length > 0) await createJournalWriter(port, name).append({ first, texts: lines });
  return true;
}

/** Own operations of the log after a number, by number: a rebuilt log need not be in their order. */
async function ownTexts(space: Space, after: number): Promise<ReadonlyMap<number, string>> {
  const { device } = space.state.meta;
  const texts = new Map<number, string>();
  await space.database.ops.orderBy('key').each((row) => {
    const lines = row.lines.split('\n');
    logRowOperations(row).forEach((operation, index) => {
      if (operation.device === device && operation.seq > after) texts.set(operation.seq, lines[index] ?? '');
    });
  });
  return texts;
}
