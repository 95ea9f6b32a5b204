import path from 'node:path';
import { isDiskFull } from '../desktop-error.ts';
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

/** Writes and syncs a file that nobody reads yet. When the disk is full, nothing of it stays. */
export async function writeDurably(disk: FileSystem, file: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeAndSync(disk, file, bytes);
  } catch (error) {
    // Half a file is of no use, and its bytes are those that more urgent writes now lack. The first error says more.
    if (isDiskFull(error)) await disk.remove(file).catch(() => undefined);
    throw error;
  }
}

async function writeAndSync(disk: FileSystem, file: string, bytes: Uint8Array): Promise<void> {
  const opened = await disk.open(file, 'write');
  try {
    await opened.truncate(0);
    await opened.write(0, bytes);
    await opened.sync();
  } finally {
    await opened.close();
  }
}
