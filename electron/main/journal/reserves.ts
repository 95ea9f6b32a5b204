import path from 'node:path';
import type { StorageState } from '../../../shared/desktop-api.ts';
import { createBallast } from './ballast.ts';
import type { FileSystem } from './file-system.ts';
import type { Reserve } from './line-file.ts';

const MiB = 1024 * 1024;
/** For the journal and the drafts: what a person has just typed. */
const journalBytes = 4 * MiB;
/** For IndexedDB, which closes when it cannot write, and then must write megabytes to open again, even to be read. */
const databaseBytes = 16 * MiB;
/** Free space (bytes) at which IndexedDB can be expected to fail soon. */
const databaseNeeds = 24 * MiB;

/** What is held back from the disk for its last hour. */
export interface Reserves {
  readonly journal: Reserve;
  /** Gives up what the database needs, or takes everything back, as the state of the disk says. */
  readonly follow: (state: StorageState) => Promise<void>;
}

/** @param released told when the journal had to take its reserve: the disk is full */
export function createReserves(disk: FileSystem, folder: string, released: () => void): Reserves {
  const journal = createBallast(disk, path.join(folder, 'ballast.bin'), journalBytes, released);
  const database = createBallast(disk, path.join(folder, 'ballast-database.bin'), databaseBytes);
  return {
    journal,
    follow: async ({ level, freeBytes }) => {
      if (level !== 'full') {
        await journal.take();
        await database.take();
        return;
      }
      await journal.find();
      await database.find();
      if (freeBytes < databaseNeeds) await database.release();
    },
  };
}
