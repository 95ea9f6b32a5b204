import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { blobHashSchema } from '../../shared/sync/protocol-blobs.ts';
import { isDeviceId } from '../../shared/sync/device-id.ts';

/** An upload that was begun: how much of it is here (bytes) and how much there will be. */
export interface BegunUpload {
  readonly file: string;
  readonly hash: string;
  readonly device: string;
  readonly length: number;
  readonly received: number;
  /** Wall time (ms) at which something was last added. */
  readonly touchedAt: number;
  /** Every byte came and had the hash: the file itself is empty then, the blob is in its place. */
  readonly isDone: boolean;
}

/**
 * The files of blobs: `ab/<sha256>` for each that is whole, `part/<sha256>.<device>.<length>` for what is under way. Names
 * are made of nothing but a checked hash, device id and number. What the folder holds is the truth; there is no other list.
 */
export class BlobFolder {
  readonly root: string;
  readonly #parts: string;

  constructor(root: string) {
    this.root = root;
    this.#parts = path.join(root, 'part');
    fs.mkdirSync(this.#parts, { recursive: true, mode: 0o700 });
  }

  fileOf(hash: string): string {
    const name = blobHashSchema.parse(hash);
    return path.join(this.root, name.slice(0, 2), name);
  }

  /** Bytes of a whole blob and when it was last seen in use; null when it is not here. */
  async look(hash: string): Promise<{ readonly bytes: number; readonly usedAt: number } | null> {
    const stat = await orNull(fs.promises.stat(this.fileOf(hash)));
    return stat === null ? null : { bytes: stat.size, usedAt: stat.mtimeMs };
  }

  async *hashes(): AsyncGenerator<string> {
    for (const folder of (await fs.promises.readdir(this.root)).toSorted()) {
      if (!/^[0-9a-f]{2}$/.test(folder)) continue;
      for (const name of (await fs.promises.readdir(path.join(this.root, folder))).toSorted())
        if (blobHashSchema.safeParse(name).success && name.startsWith(folder)) yield name;
    }
  }

  async uploads(): Promise<readonly BegunUpload[]> {
    const found = await Promise.all(
      (await fs.promises.readdir(this.#parts)).map(async (name) => await this.#read(name)),
    );
    return found.filter((each) => each !== null);
  }

  async upload(hash: string, device: string): Promise<BegunUpload | undefined> {
    return (await this.uploads()).find((each) => each.hash === hash && each.device === device);
  }

  async begin(hash: string, device: string, length: number): Promise<BegunUpload> {
    const file = this.#partFile(hash, device, String(length));
    await (await fs.promises.open(file, 'w', 0o600)).close();
    await flushFolder(this.#parts);
    return { file, hash, device, length, received: 0, touchedAt: Date.now(), isDone: false };
  }

  async discard({ file }: BegunUpload): Promise<void> {
    await fs.promises.rm(file, { force: true });
  }

  /** Puts a whole upload in its place if it is what it was announced as, and says so. Replaces a damaged one. */
  async finish(upload: BegunUpload): Promise<boolean> {
    if ((await hashFile(upload.file)) !== upload.hash) {
      await this.discard(upload);
      return false;
    }
    const place = this.fileOf(upload.hash);
    const now = new Date();
    await fs.promises.utimes(upload.file, now, now);
    if ((await fs.promises.mkdir(path.dirname(place), { recursive: true, mode: 0o700 })) !== undefined)
      await flushFolder(this.root);
    // A crash before the note is made costs its uploader the same bytes once more, and nothing else.
    const done = this.#partFile(upload.hash, upload.device, `${upload.length}.done`);
    await fs.promises.rename(upload.file, place);
    await flushFolder(path.dirname(place));
    await (await fs.promises.open(done, 'w', 0o600)).close();
    await flushFolder(this.#parts);
    return true;
  }

  /** Takes a copy of a blob's file from elsewhere; false when the file is damaged. */
  async adopt(hash: string, file: string): Promise<boolean> {
    const copy = path.join(this.#parts, `copy.${blobHashSchema.parse(hash)}`);
    await fs.promises.copyFile(file, copy);
    const isWhole = (await hashFile(copy)) === hash;
    if (isWhole) {
      const handle = await fs.promises.open(copy, 'r+');
      await handle.sync();
      await handle.close();
      await fs.promises.mkdir(path.dirname(this.fileOf(hash)), { recursive: true, mode: 0o700 });
      await fs.promises.rename(copy, this.fileOf(hash));
      await flushFolder(path.dirname(this.fileOf(hash)));
    } else await fs.promises.rm(copy);
    return isWhole;
  }

  /** Throws a blob away unless it came again just now (another endpoint may serve the same folder). */
  async remove(hash: string, usedBefore: number): Promise<boolean> {
    const aside = path.join(this.#parts, `removed.${blobHashSchema.parse(hash)}`);
    await fs.promises.rename(this.fileOf(hash), aside);
    if ((await fs.promises.stat(aside)).mtimeMs >= usedBefore) {
      await fs.promises.rename(aside, this.fileOf(hash));
      return false;
    }
    await fs.promises.rm(aside);
    return true;
  }

  #partFile(hash: string, device: string, rest: string): string {
    if (!isDeviceId(device)) throw new RangeError(`blobs: expected a device id, found ${device}`);
    return path.join(this.#parts, `${blobHashSchema.parse(hash)}.${device}.${rest}`);
  }

  async #read(name: string): Promise<BegunUpload | null> {
    const [, hash, device, length, done] = /^([0-9a-f]{64})\.([0-9A-Z]{10})\.(\d{1,15})(\.done)?$/.exec(name) ?? [];
    if (hash === undefined || device === undefined || length === undefined) return null;
    const file = path.join(this.#parts, name);
    const stat = await orNull(fs.promises.stat(file));
    if (stat === null) return null;
    const isDone = done !== undefined;
    const received = isDone ? Number(length) : stat.size;
    return { file, hash, device, length: Number(length), received, touchedAt: stat.mtimeMs, isDone };
  }
}

/** SHA-256 of a file in hex, read in pieces. */
export async function hashFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(fs.createReadStream(file, { highWaterMark: 256 * 1024 }), hash);
  return hash.digest('hex');
}

/** Makes names in a folder durable, where the system can (Windows cannot). */
async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await fs.promises.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function orNull<Value>(work: Promise<Value>): Promise<Value | null> {
  return await work.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
}
