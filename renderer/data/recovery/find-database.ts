import { Database, databaseName } from '../storage/database.ts';
import { DamagedDatabase } from '../storage/damaged-database.ts';
import { loadSpace } from './load-space.ts';
import type { LoadedSpace } from './load-space.ts';
import { preflight } from './preflight.ts';

/** The database was written by a newer version of the program: it is left untouched. */
export class NewerDatabase extends Error {}

/** The disk is full: nothing can be said of a database that cannot be opened, and nothing be rebuilt beside it. */
export class NoRoom extends Error {}

export type Found =
  | { readonly kind: 'loaded'; readonly database: Database; readonly loaded: LoadedSpace }
  /** There is none, or an empty one. `detail` says what Chromium threw away when it emptied a damaged one; else ''. */
  | { readonly kind: 'absent'; readonly detail: string }
  | { readonly kind: 'damaged'; readonly detail: string };

/** Looks before Dexie opens, then loads; the backing store may fail to open once and work the next time. */
export async function findDatabase(
  name: string,
  indexedDb: IDBFactory,
  wait: (ms: number) => Promise<void>,
  isFull: () => Promise<boolean>,
): Promise<Found> {
  const look = await preflight(indexedDb, name);
  if (look.found === 'absent') return { kind: 'absent', detail: look.detail };
  const failures: string[] = look.found === 'unreadable' ? [look.detail] : [];
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
      // Asked at once, because the shell then gives up what it holds back for this.
      const full = !(error instanceof DamagedDatabase) && (await isFull());
      await wait(200 * attempt);
      if (full && attempt === 3) throw new NoRoom(failures.join(' | '));
    }
  }
  return { kind: 'damaged', detail: failures.at(-1) ?? '' };
}

/**
 * The database in use, as the sentinel says. Without a sentinel the one with the highest generation: a rebuild that
 * could not use the old name has gone to the next.
 */
export async function currentName(space: string, told: string | null, indexedDb: IDBFactory): Promise<string> {
  if (told !== null) return told;
  const generations = await listGenerations(space, indexedDb);
  return nameOf(space, Math.max(1, ...generations));
}

/** A name that no database has: what a damaged one holds is never written over. */
export async function freeName(space: string, indexedDb: IDBFactory): Promise<string> {
  const generations = await listGenerations(space, indexedDb);
  return nameOf(space, Math.max(1, ...generations) + 1);
}

async function listGenerations(space: string, indexedDb: IDBFactory): Promise<readonly number[]> {
  const base = databaseName(space);
  const databases = await indexedDb.databases();
  return databases.flatMap(({ name = '' }) => {
    if (name === base) return [1];
    const [, generation] = name.startsWith(`${base}.`) ? (/^\.(\d{1,6})$/.exec(name.slice(base.length)) ?? []) : [];
    return generation === undefined ? [] : [Number(generation)];
  });
}

function nameOf(space: string, generation: number): string {
  const base = databaseName(space);
  return generation === 1 ? base : `${base}.${generation}`;
}
