import type { JournalState, Sentinel } from '../../../shared/desktop-api.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import type { RecoveryReport } from '../data-api.ts';
import { askDesktop, DesktopError } from '../desktop-port.ts';
import type { DesktopPort } from '../desktop-port.ts';
import { renewDevice } from '../engine/own-number.ts';
import type { Space } from '../engine/space.ts';
import { Database } from '../storage/database.ts';
import { currentName, findDatabase, freeName } from './find-database.ts';
import type { LoadedSpace } from './load-space.ts';
import { assembleSpace, emptySpace } from './new-space.ts';
import type { SpaceParts } from './new-space.ts';
import { countRecords, rebuildSpace, writeMeta } from './rebuild-space.ts';
import type { RebuildReason } from './rebuild-space.ts';
import { reconcileJournal } from './reconcile-journal.ts';

export interface OpenedSpace {
  readonly space: Space;
  /** True when nothing has ever been written to it on this device. */
  readonly isNew: boolean;
  readonly recovery: RecoveryReport | null;
}

export interface OpenEnvironment {
  readonly indexedDb: IDBFactory;
  readonly port: DesktopPort;
  readonly parts: Omit<SpaceParts, 'database'>;
}

/**
 * Opens a space (D8): looks first, compares the database with journal and sentinel, and rebuilds what is missing. A
 * damaged or emptied database is never taken for a new one, and no database is ever deleted: a rebuild that cannot use
 * the old name goes to a new one.
 */
export async function openSpace(name: string, environment: OpenEnvironment): Promise<OpenedSpace> {
  const { port, indexedDb, parts } = environment;
  const journal = await askDesktop(port, 'journalOpen', { space: name });
  const sentinel = await readSentinel(name, port);
  const current = await currentName(name, sentinel?.databaseId ?? null, indexedDb);
  const found = await findDatabase(current, indexedDb, parts.wait, () => isDiskFull(port));
  if (found.kind === 'loaded') {
    const { database, loaded } = found;
    const why = loaded.meta.rebuilding ?? suspicion(sentinel);
    if (why === null)
      return openLoaded(withDevice(loaded, journal.device), database, name, journal, sentinel, environment);
    if (loaded.meta.rebuilding === undefined) {
      database.close();
      return rebuild(await freeName(name, indexedDb), name, journal, sentinel, why, environment);
    }
    // It holds nothing but what an interrupted rebuild has put there: the one case in which a database is thrown away.
    await database.delete();
    return rebuild(current, name, journal, sentinel, why, environment);
  }
  if (found.kind === 'absent' && !(await isKnown(name, journal, sentinel, port))) {
    const space = await createSpace(current, journal.device, environment);
    return { space, isNew: true, recovery: null };
  }
  const wasEmptied = found.kind === 'absent' && found.detail === '';
  const why: RebuildReason = { cause: wasEmptied ? 'database-emptied' : 'database-damaged', detail: found.detail };
  const databaseId = found.kind === 'absent' ? current : await freeName(name, indexedDb);
  return rebuild(databaseId, name, journal, sentinel, why, environment);
}

async function openLoaded(
  loaded: LoadedSpace,
  database: Database,
  name: string,
  journal: JournalState,
  sentinel: Sentinel | null,
  environment: OpenEnvironment,
): Promise<OpenedSpace> {
  const space = assembleSpace(loaded, { ...environment.parts, database });
  const recordsFound = countRecords(space);
  const before = seqOf(space.state.meta.vector, journal.device);
  const { read, applied, lost, journal: done } = await reconcileJournal(space, name, journal, environment.port);
  // A few operations after the sentinel were being saved when the program was killed: nothing to report.
  const wasBehind = applied > 0 && sentinel !== null && sentinel.lastSeq > before;
  if (!wasBehind && lost === 0 && done === null) return { space, isNew: false, recovery: null };
  const recovery: RecoveryReport = {
    cause: wasBehind ? 'database-behind' : 'journal-damaged',
    detail: describeDamage(journal),
    recordsBefore: sentinel?.records ?? null,
    recordsFound,
    fromSnapshot: 0,
    snapshotAt: null,
    damagedSnapshots: 0,
    fromJournal: applied,
    inJournal: read,
    recordsAfter: countRecords(space),
    lost,
    journal: done,
  };
  return { space, isNew: false, recovery };
}

async function rebuild(
  databaseId: string,
  name: string,
  journal: JournalState,
  sentinel: Sentinel | null,
  why: RebuildReason,
  environment: OpenEnvironment,
): Promise<OpenedSpace> {
  const { port } = environment;
  const space = await createSpace(databaseId, journal.device, environment);
  const rebuilt = await rebuildSpace(space, name, port, why);
  const { meta } = space.state;
  if (meta.user === '') space.state.meta = { ...meta, user: sentinel?.user ?? (await guessUser(space)) };
  await writeMeta(space);
  const reconciled = await reconcileJournal(space, name, journal, port);
  const recovery: RecoveryReport = {
    ...why,
    ...rebuilt,
    detail: [why.detail, describeDamage(journal)].filter((part) => part !== '').join(' | '),
    recordsBefore: sentinel?.records ?? null,
    recordsFound: 0,
    lost: rebuilt.lost + reconciled.lost,
    journal: reconciled.journal,
  };
  return { space, isNew: false, recovery };
}

async function createSpace(databaseId: string, device: string, environment: OpenEnvironment): Promise<Space> {
  const database = new Database(databaseId);
  await database.open();
  // LevelDB without its CURRENT file begins anew and then replays old logs: a store just made can hold rows of the old one.
  await database.transaction('rw', database.tables, () => Promise.all(database.tables.map((table) => table.clear())));
  return assembleSpace(emptySpace(database, device), { ...environment.parts, database });
}

/** A sentinel that cannot be read says no more than one that is missing: database and journal are compared all the same. */
async function readSentinel(name: string, port: DesktopPort): Promise<Sentinel | null> {
  try {
    return await askDesktop(port, 'sentinelRead', { space: name });
  } catch (error) {
    if (error instanceof DesktopError && error.failure.kind === 'damaged') return null;
    throw error;
  }
}

/** Whether anything outside the database says that the space was used before. */
async function isKnown(
  name: string,
  journal: JournalState,
  sentinel: Sentinel | null,
  port: DesktopPort,
): Promise<boolean> {
  if (journal.lastSeq > 0 || journal.damage.length > 0 || sentinel !== null) return true;
  if ((await askDesktop(port, 'snapshotList', { space: name })).length > 0) return true;
  return (await askDesktop(port, 'journalsAside', { space: name })).length > 0;
}

function suspicion(sentinel: Sentinel | null): RebuildReason | null {
  return sentinel?.suspect === undefined ? null : { cause: 'database-damaged', detail: sentinel.suspect };
}

/** A profile that moved to another machine has a new device id and keeps what the old one wrote. */
function withDevice(loaded: LoadedSpace, device: string): LoadedSpace {
  return loaded.meta.device === device ? loaded : { ...loaded, meta: renewDevice(loaded.meta, device) };
}

async function isDiskFull(port: DesktopPort): Promise<boolean> {
  const looked = await port.ask('storageState', null);
  return looked.ok && looked.value.level === 'full';
}

/** Who worked here last by hand: what was imported names other people, and when it happened to them. */
async function guessUser(space: Space): Promise<string> {
  let byHand = '';
  let last = '';
  await space.database.ops.orderBy('key').each((row) => {
    for (const line of row.lines.split('\n')) {
      const { user, occurredAt }: { user?: unknown; occurredAt?: unknown } = JSON.parse(line) as object;
      if (typeof user !== 'string') continue;
      last = user;
      if (occurredAt === undefined) byHand = user;
    }
  });
  return byHand === '' ? last : byHand;
}

function describeDamage({ damage }: JournalState): string {
  return damage.map(({ file, line, reason }) => `${file}:${line} ${reason}`).join('; ');
}
