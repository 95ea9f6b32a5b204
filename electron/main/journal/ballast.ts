import { randomFillSync } from 'node:crypto';
import path from 'node:path';
import { writeDurably } from './atomic-file.ts';
import type { FileSystem } from './file-system.ts';
import type { Reserve } from './line-file.ts';

const ballastBytes = 4 * 1024 * 1024;

/** A file that is given up when the disk is full, so that what a person has just typed still reaches the journal. */
export interface Ballast extends Reserve {
  /** Takes the space (again). Does nothing when it is held. */
  readonly take: () => Promise<void>;
}

export function createBallast(disk: FileSystem, folder: string): Ballast {
  const file = path.join(folder, 'ballast.bin');
  let held = false;
  return {
    take: async () => {
      if (held) return;
      const existing = await disk.readFile(file);
      if (existing?.length !== ballastBytes) {
        // Not zeros: a file system that compresses or keeps holes would reserve nothing.
        await writeDurably(disk, file, randomFillSync(new Uint8Array(ballastBytes)));
        await disk.syncFolder(folder);
      }
      held = true;
    },
    release: async () => {
      if (!held) return false;
      held = false;
      await disk.remove(file);
      await disk.syncFolder(folder);
      return true;
    },
  };
}
