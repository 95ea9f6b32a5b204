import path from 'node:path';
import { openDrafts, type Drafts } from './drafts.ts';
import { AsideJournals } from './aside-journals.ts';
import { openJournal, restartJournal, type JournalRestart, type SpacePlace } from './open-journal.ts';
import type { Journal } from './journal.ts';
import { Snapshots } from './snapshots.ts';

/** What main keeps of one space outside IndexedDB. */
export interface SpaceStores {
  readonly folder: string;
  /** The journal in use; another one after a restart. */
  readonly journal: Journal;
  readonly aside: AsideJournals;
  readonly restartJournal: (as: JournalRestart) => Promise<Journal>;
  readonly drafts: Drafts;
  readonly snapshots: Snapshots;
}

export interface Spaces {
  /** Opens a space on first use. A failure is not remembered: the next call tries again. */
  readonly open: (space: string) => Promise<SpaceStores>;
  /** True when nothing was ever written in the space on this device. */
  readonly isNew: (space: string) => Promise<boolean>;
  readonly close: () => Promise<void>;
}

export function createSpaces(root: string, place: Omit<SpacePlace, 'folder'>): Spaces {
  const opened = new Map<string, Promise<SpaceStores>>();
  // Names come from the contract's schema: lower case letters, digits and hyphens, so they are safe as folder names.
  const folderOf = (space: string): string => path.join(root, space);

  function open(space: string): Promise<SpaceStores> {
    const known = opened.get(space);
    if (known !== undefined) return known;
    const opening = openSpace({ ...place, folder: folderOf(space) });
    opened.set(space, opening);
    opening.catch(() => opened.delete(space));
    return opening;
  }

  return {
    open,
    isNew: async (space) => {
      const folder = folderOf(space);
      const traces = await Promise.all(
        ['journal', 'snapshots', 'other-devices'].map((name) => place.disk.list(path.join(folder, name))),
      );
      if (traces.some((names) => names.length > 0)) return false;
      return (await place.disk.readFile(path.join(folder, 'sentinel.json'))) === null;
    },
    close: async () => {
      const stores = await Promise.allSettled(opened.values());
      const open = stores.filter((result) => result.status === 'fulfilled').map((result) => result.value);
      await Promise.allSettled(open.flatMap(({ journal, drafts }) => [journal.close(), drafts.close()]));
    },
  };
}

async function openSpace(place: SpacePlace): Promise<SpaceStores> {
  const { disk, folder, reserve, now, random } = place;
  await disk.makeFolder(folder);
  let journal = await openJournal(place);
  const snapshotFolder = path.join(folder, 'snapshots');
  await disk.makeFolder(snapshotFolder);
  await disk.syncFolder(folder);
  await disk.syncFolder(path.dirname(folder));
  const snapshots = new Snapshots({ disk, folder: snapshotFolder, now, random });
  await snapshots.tidy();
  let aside = new AsideJournals(disk, folder);
  return {
    folder,
    get journal() {
      return journal;
    },
    get aside() {
      return aside;
    },
    restartJournal: async (as) => {
      journal = await restartJournal(place, journal, as);
      aside = new AsideJournals(disk, folder);
      return journal;
    },
    drafts: await openDrafts(disk, folder, reserve, now),
    snapshots,
  };
}
