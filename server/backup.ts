import fs from 'node:fs';
import path from 'node:path';
import { copyBlobs, hasBlobs } from './blobs/copy-blobs.ts';
import { blobFolderOf, openEndpoint } from './endpoint.ts';
import { makeDeviceId, makeEpoch } from './keys.ts';
import { UsageError } from './usage-error.ts';
import type { StorePlace } from './store/open-store.ts';

/** Numbers left out after a restore: more than an organisation gives between two backups, so that none is given twice. */
const skippedNumbers = 1_000;

/** Copies the space of a stopped endpoint: opening it takes the lock, closing it leaves one whole file. */
export async function backUp(place: StorePlace, file: string, say: (text: string) => void): Promise<void> {
  const source = databaseOf(place);
  if (fs.existsSync(file)) throw new UsageError(`${file} exists. Choose another name: a backup never replaces one.`);
  const endpoint = await openEndpoint(place);
  await endpoint.store.write(async (store) => {
    const { head } = await store.space();
    await store.archive.putBackup({ file: path.resolve(file), madeAt: endpoint.now(), position: head });
  });
  await endpoint.store.close();
  const part = `${file}.part`;
  fs.copyFileSync(source, part);
  flush(part);
  fs.renameSync(part, file);
  say(`Backup of the space ${endpoint.space}: ${file}`);
  await copyAll(blobFolderOf(place), `${file}.blobs`, say);
}

/** For one that was deleted: a purge need not name it any more. */
export async function forgetBackup(place: StorePlace, file: string, say: (text: string) => void): Promise<void> {
  const known = path.resolve(file);
  if (fs.existsSync(known)) throw new UsageError(`${known} is still there. Delete it first.`);
  const endpoint = await openEndpoint(place);
  try {
    await endpoint.store.write(async (store) => await store.archive.dropBackup(known));
  } finally {
    await endpoint.store.close();
  }
  say(`Forgotten: ${known}`);
}

/**
 * Puts a backup in place and begins a new epoch: desks say hello, see what the endpoint no longer holds, and bring it
 * again. What was there before stays beside it.
 */
export async function restore(place: StorePlace, file: string, say: (text: string) => void): Promise<void> {
  const target = databaseOf(place);
  if (!fs.existsSync(file)) throw new UsageError(`There is no backup ${file}.`);
  if (fs.existsSync(target)) {
    // Takes the lock once, and merges the write-ahead log into the file that is kept.
    await (await openEndpoint(place)).store.close();
    const kept = `${target}.before-restore-${Date.now()}`;
    fs.renameSync(target, kept);
    say(`The space as it was is kept in ${kept}`);
  }
  fs.mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 });
  fs.copyFileSync(file, `${target}.part`);
  flush(`${target}.part`);
  fs.renameSync(`${target}.part`, target);
  await copyAll(`${file}.blobs`, blobFolderOf(place), say);
  const endpoint = await openEndpoint(place);
  try {
    await endpoint.store.write(async (store) => await store.beginEpoch(makeEpoch(), makeDeviceId(), skippedNumbers));
  } finally {
    await endpoint.store.close();
  }
  say(`Restored the space ${endpoint.space} with a new epoch. Desks bring what the backup lacks.`);
}

/** Contents of attachments stand beside the file of a backup, in a folder of its name. */
async function copyAll(from: string | null, to: string | null, say: (text: string) => void): Promise<void> {
  if (!hasBlobs(from) || to === null) return;
  const { copied, damaged } = await copyBlobs(from, to);
  say(`Attachments: ${copied} copied to ${to}`);
  for (const hash of damaged) say(`Attachment ${hash} is damaged and was left out: run \`blobs verify\`.`);
}

function databaseOf(place: StorePlace): string {
  if (place.kind === 'sqlite') return path.join(place.directory, 'endpoint.sqlite');
  throw new UsageError('PostgreSQL is backed up by its own tools (pg_dump)..');
}

function flush(file: string): void {
  const handle = fs.openSync(file, 'r+');
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}
