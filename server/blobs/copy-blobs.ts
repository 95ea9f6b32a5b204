import fs from 'node:fs';
import { BlobFolder } from './blob-folder.ts';

/**
 * Copies every whole blob that the other folder lacks; nothing is ever taken away there. Each copy is read again before it
 * counts. @returns how many were copied, and the hashes of those that could not be
 */
export async function copyBlobs(
  from: string,
  to: string,
): Promise<{ readonly copied: number; readonly damaged: readonly string[] }> {
  const source = new BlobFolder(from);
  const target = new BlobFolder(to);
  const damaged: string[] = [];
  let copied = 0;
  for await (const hash of source.hashes()) {
    if ((await target.look(hash)) !== null) continue;
    if (await target.adopt(hash, source.fileOf(hash))) copied += 1;
    else damaged.push(hash);
  }
  return { copied, damaged };
}

/** True when the folder holds anything to copy. */
export function hasBlobs(folder: string | null): folder is string {
  return folder !== null && fs.existsSync(folder);
}
