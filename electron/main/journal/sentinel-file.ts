import path from 'node:path';
import { type z } from 'zod';
import { desktopInputs, type Sentinel } from '../../../shared/desktop-api.ts';
import { DesktopError } from '../desktop-error.ts';
import { writeAtomically } from './atomic-file.ts';
import type { FileSystem } from './file-system.ts';

const stored: z.ZodType<Sentinel> = desktopInputs.sentinelWrite.shape.sentinel;

/** What the database is known to hold, kept where its own damage cannot reach (D8). */
export async function writeSentinel(disk: FileSystem, folder: string, sentinel: Sentinel): Promise<void> {
  await writeAtomically(disk, sentinelFile(folder), Buffer.from(`${JSON.stringify(sentinel)}\n`));
}

/** @returns null when none was ever written; rejects with `damaged` when there is one that cannot be read */
export async function readSentinel(disk: FileSystem, folder: string): Promise<Sentinel | null> {
  const bytes = await disk.readFile(sentinelFile(folder));
  if (bytes === null) return null;
  try {
    return stored.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    throw new DesktopError(
      'damaged',
      'sentinel: expected JSON of a sentinel; compare the database with the journal instead',
      { cause: error },
    );
  }
}

function sentinelFile(folder: string): string {
  return path.join(folder, 'sentinel.json');
}
