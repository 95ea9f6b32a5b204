import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { Sentinel } from '../../../shared/desktop-api.ts';
import type { RecoveryReport } from '../data-api.ts';
import { askDesktop } from '../desktop-port.ts';
import type { DesktopPort } from '../desktop-port.ts';
import type { Space } from '../engine/space.ts';
import { Database, databaseName } from '../storage/database.ts';
import { logRowOperations } from '../storage/operation-lines.ts';
import { createJournalWriter } from './journal-port.ts';
import { loadSpace } from './load-space.ts';
import type { LoadedSpace } from './load-space.ts';
import { assembleSpace, emptySpace } from './new-space.ts';
import type { SpaceParts } from './new-space.ts';
import { preflight } from './preflight.ts';
import { rebuildSpace, replayJournal } from './rebuild-space.ts';
import type { Rebuilt } from './rebuild-space.ts';

export interface OpenedSpace {
  readonly space: Space;
  /** True when nothing has ever been written to it on this device. */
  readonly isNew: boolean;
  readonly recovery: RecoveryReport | null;
}

/** The database was written by a newer version of the program: it is left untouched. */
export class NewerDatabase extends Error {}

export interface OpenEnvironment {
  readonly indexedDb: IDBFactory;
  readonly port: DesktopPort;
  readonly parts: Omit<SpaceParts, 'database'>;
}

type Found =
  | { readonly kind: 'loaded'; readonly database: Database; readonly loaded: LoadedSpace }
  | { readonly kind: 'absent'; readonly detail: string }
  | { readonly kind: 'damaged'; readonly detail: string };

/**
 * Opens a space (D8): looks first, compares the database with journal and sentinel, and rebuilds what is missing. A
 * damaged or emptied database is never taken for a new one, and no database is ever deleted: a rebuild that cannot use
 * the old name goes to a new one.
 */
export async function openSpace(name: string, environment: OpenEnvironment): Promise<OpenedSpace> {
  const { port } = environment;
  const journal = await askDesktop(port, 'journalOpen', { space: name });
  const sentinel = await askDesktop(port, 'sentinelRead', { space: name });
  const current = sentinel?.databaseId ?? databaseName(name);
  const found = await findDatabase(current, environment);
  const known = journal.lastSeq > 0 || sentinel !== null;
  if (found.kind === 'loaded') {
    const space = assembleSpace(withDevice(found.loaded, journal.device), {
      ...environment.parts,
      database: found.database,
    });
    const recovery = await catchUp(space, name, journal.lastSeq, sentinel, port);
    return { space, isNew: false, recovery: recovery ?? damageReport(journal.damage, space) };
  }
  if (found.kind === 'absent' && !known) {
    const space = await createSpace(current, journal.device, environment);
    return { space, isNew: true, recovery: null };
  }
  const databaseId = found.kind === 'absent' ? current : nextName(current, name);
  const space = await createSpace(databaseId, journal.device, environment);
  const rebuilt = await rebuildSpace(space, name, port);
  const cause = found.kind === 'absent' ? 'database-emptied' : 'database-damaged';
  return { space, isNew: false, recovery: { cause, detail: found.detail, ...rebuilt } };
}

async function createSpace(databaseId: string, device: string, environment: OpenEnvironment): Promise<Space> {
  const database = new Database(databaseId);
  await database.open();
  return assembleSpace(emptySpace(database, device), { ...environment.parts, database });
}

async function findDatabase(name: string, environment: OpenEnvironment): Promise<Found> {
  const look = await preflight(environment.indexedDb, name);
  if (look.found === 'absent') return { kind: 'absent', detail: look.detail };
  const failures: string[] = look.found === 'unreadable' ? [look.detail] : [];
  // The backing store may fail to open once and work the next time (reliability-bars 3.3).
  for (let attempt = 1; attempt <= 3; attempt += 1) {
    const database = new Database(name);
    try {
      await database.open();
      const loaded = await loadSpace(database, false);
      if (loaded) return { kind: 'loaded', database, loaded };
      database.close();
      return { kind: 'absent', detail: failures.join(' | ') };
    } catch (error) {
      database.close();
      if (error instanceof Error && error.name === 'VersionError') throw new NewerDatabase(error.message);
      failures.push(String(error));
      await environment.parts.wait(200 * attempt);
    }
  }
  return { kind: 'damaged', detail: failures.at(-1) ?? '' };
}

/** A profile that moved to another machine has a new device id and keeps what the old one wrote. */
function withDevice(loaded: LoadedSpace, device: string): LoadedSpace {
  return loaded.meta.device === device ? loaded : { ...loaded, meta: { ...loaded.meta, device } };
}

/** Brings database and journal to the same point: a crash between the two leaves one of them ahead. */
async function catchUp(
  space: Space,
  name: string,
  journalSeq: number,
  sentinel: Sentinel | null,
  port: DesktopPort,
): Promise<RecoveryReport | null> {
  const { meta } = space.state;
  const databaseSeq = seqOf(meta.vector, meta.device);
  if (databaseSeq > journalSeq) {
    await completeJournal(space, name, journalSeq, port);
    return null;
  }
  if (databaseSeq === journalSeq) return null;
  const { applied, refused } = await replayJournal(space, name, port, databaseSeq, false);
  // A few operations after the sentinel were being saved when the program was killed: nothing to report.
  if (sentinel === null || sentinel.lastSeq <= databaseSeq)
    return refused > 0 ? report('journal-damaged', '', { applied, refused }, space) : null;
  return report('database-behind', `database ${databaseSeq}, journal ${journalSeq}`, { applied, refused }, space);
}

function report(
  cause: RecoveryReport['cause'],
  detail: string,
  { applied, refused }: { applied: number; refused: number },
  space: Space,
): RecoveryReport {
  const rebuilt: Rebuilt = { fromSnapshot: 0, fromJournal: applied, recordsAfter: recordCount(space), lost: refused };
  return { cause, detail, ...rebuilt };
}

function damageReport(
  damage: readonly { readonly file: string; readonly line: number; readonly reason: string }[],
  space: Space,
): RecoveryReport | null {
  if (damage.length === 0) return null;
  const detail = damage.map((one) => `${one.file}:${one.line} ${one.reason}`).join('; ');
  return {
    cause: 'journal-damaged',
    detail,
    fromSnapshot: 0,
    fromJournal: 0,
    recordsAfter: recordCount(space),
    lost: 0,
  };
}

function recordCount(space: Space): number {
  return [...space.state.tables.all()].reduce((sum, table) => sum + table.size, 0);
}

/** Writes to the journal what only the database has, so that there are two copies again. */
async function completeJournal(space: Space, name: string, after: number, port: DesktopPort): Promise<void> {
  const { device } = space.state.meta;
  const texts = new Map<number, string>();
  await space.database.ops.orderBy('key').each((row) => {
    const lines = row.lines.split('\n');
    logRowOperations(row).forEach((operation, index) => {
      if (operation.device === device && operation.seq > after) texts.set(operation.seq, lines[index] ?? '');
    });
  });
  // In order of number: a rebuilt log need not be.
  const numbers = [...texts.keys()].sort((left, right) => left - right);
  const [first] = numbers;
  if (first === undefined) return;
  if (numbers.length !== (numbers.at(-1) ?? 0) - first + 1)
    throw new Error(`the log lacks own operations between ${first} and ${String(numbers.at(-1))}: it is damaged`);
  await createJournalWriter(port, name).append({ first, texts: numbers.map((seq) => texts.get(seq) ?? '') });
}

function nextName(current: string, space: string): string {
  const base = databaseName(space);
  const generation = current.startsWith(`${base}.`) ? Number(current.slice(base.length + 1)) : 1;
  return `${base}.${generation + 1}`;
}
