import { randomFillSync } from 'node:crypto';
import path from 'node:path';
import { systemCode } from '../desktop-error.ts';
import { writeDurably } from './atomic-file.ts';
import type { FileSystem } from './file-system.ts';
import type { Reserve } from './line-file.ts';

/** A file that is given up when the disk is full, so that what must still be written has room. */
export interface Ballast extends Reserve {
  /** Takes the space (again). Does nothing when it is held; when there is no room for all of it, takes nothing. */
  readonly take: () => Promise<void>;
  /** Holds what an earlier run took, and takes nothing new. */
  readonly find: () => Promise<void>;
}

/** @param released told whenever the space was given back: the disk is full */
export function createBallast(
  disk: FileSystem,
  file: string,
  bytes: number,
  released: () => void = () => undefined,
): Ballast {
  const folder = path.dirname(file);
  let held = false;
  let last: Promise<unknown> = Promise.resolve();
  // One at a time: to be released while it is being taken would leave the disk full of it.
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  const find = async (): Promise<void> => {
    if (held) return;
    const size = await sizeOf(disk, file);
    if (size === bytes) held = true;
    // A part of one, left by a crash, would be room that nobody can use.
    else if (size !== null) await disk.remove(file);
  };

  return {
    find: () => inTurn(find),
    take: () =>
      inTurn(async () => {
        await find();
        if (held) return;
        // Not zeros: a file system that compresses or keeps holes would reserve nothing.
        await writeDurably(disk, file, randomFillSync(new Uint8Array(bytes)));
        await disk.syncFolder(folder);
        held = true;
      }),
    release: () =>
      inTurn(async () => {
        if (!held) return false;
        held = false;
        await disk.remove(file);
        await disk.syncFolder(folder);
        released();
        return true;
      }),
  };
}

/** @returns null when there is no such file */
async function sizeOf(disk: FileSystem, file: string): Promise<number | null> {
  try {
    const opened = await disk.open(file, 'read');
    try {
      return await opened.size();
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return null;
    throw error;
  }
}
