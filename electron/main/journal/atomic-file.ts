import path from 'node:path';
import type { FileSystem } from './file-system.ts';

/**
 * Writes a whole file so that a crash at any moment leaves the old content or the new, never a part: written beside
 * it, synced, renamed over it. Resolves when the new content is durable.
 */
export async function writeAtomically(disk: FileSystem, file: string, bytes: Uint8Array): Promise<void> {
  const beside = `${file}.writing`;
  await writeDurably(disk, beside, bytes);
  await disk.rename(beside, file);
  await disk.syncFolder(path.dirname(file));
}

/** Writes and syncs a file that nobody reads yet. */
export async function writeDurably(disk: FileSystem, file: string, bytes: Uint8Array): Promise<void> {
  const opened = await disk.open(file, 'write');
  try {
    await opened.truncate(0);
    await opened.write(0, bytes);
    await opened.sync();
  } finally {
    await opened.close();
  }
}
