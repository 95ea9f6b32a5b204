import { createHash } from 'node:crypto';
import fs from 'node:fs';
import type { Readable } from 'node:stream';
import { blobLimits } from '../../shared/sync/protocol-blobs.ts';
import { ProblemError } from '../problem-error.ts';
import type { BegunUpload, BlobFolder } from './blob-folder.ts';

export interface BlobQuota {
  /** Largest blob (bytes). */
  readonly blobBytes: number;
  /** All blobs together (bytes). */
  readonly totalBytes: number;
}

export const defaultBlobQuota: BlobQuota = { blobBytes: blobLimits.bytes, totalBytes: 100 * 1024 ** 3 };

/** Left free on the disk (bytes) whatever comes: the log must go on. */
const reserveBytes = 64 * 1024 * 1024;

export interface Chunk {
  /** Where it begins (bytes). */
  readonly offset: number;
  readonly body: Readable;
  /** Base64 of its SHA-256, when the sender says it. */
  readonly checksum: string | null;
}

/**
 * Uploads by tus semantics onto a folder. Each device has its own upload of a blob, so that nobody can spoil another's, and
 * one writer at a time: whoever comes again ends a connection that hangs.
 */
export class Uploads {
  readonly folder: BlobFolder;
  readonly #quota: BlobQuota;
  readonly #writers = new Map<string, { readonly end: () => void; readonly done: Promise<void> }>();
  /** Bytes of all whole blobs; null until they were counted. */
  #used: number | null = null;

  constructor(folder: BlobFolder, quota: BlobQuota) {
    this.folder = folder;
    this.#quota = quota;
  }

  get maxBytes(): number {
    return this.#quota.blobBytes;
  }

  /** Begins an upload, or finds the one that was begun. */
  async begin(hash: string, device: string, length: number): Promise<BegunUpload> {
    return await this.#alone(hash, device, async () => {
      if (length > this.maxBytes)
        throw new ProblemError('too-large', `at most ${this.maxBytes} bytes`, 'header upload-length', 'Send less.');
      const uploads = (await this.folder.uploads()).filter((each) => each.device === device);
      const begun = uploads.find((each) => each.hash === hash);
      if (begun?.length === length && !(await this.#isHollow(begun))) return begun;
      if (begun !== undefined) await this.folder.discard(begun);
      if (uploads.filter(({ isDone }) => !isDone).length >= blobLimits.uploads)
        throw new ProblemError(
          'too-many-requests',
          `at most ${blobLimits.uploads} unfinished uploads`,
          'device',
          'Finish or delete one.',
        );
      await this.#mustHaveRoom(length);
      const upload = await this.folder.begin(hash, device, length);
      return length === 0 ? await this.#finish(upload) : upload;
    });
  }

  /** The caller's upload; ends a writer whose connection hangs, so that the offset holds still. */
  async find(hash: string, device: string): Promise<BegunUpload | undefined> {
    return await this.#alone(hash, device, async () => {
      const found = await this.folder.upload(hash, device);
      return found !== undefined && (await this.#isHollow(found)) ? undefined : found;
    });
  }

  async discard(hash: string, device: string): Promise<boolean> {
    return await this.#alone(hash, device, async () => {
      const upload = await this.folder.upload(hash, device);
      if (upload === undefined) return false;
      await this.folder.discard(upload);
      return true;
    });
  }

  /** Adds a chunk. What came before a cut stays; the last byte is taken only if the whole is what was announced. */
  async append(hash: string, device: string, chunk: Chunk): Promise<BegunUpload> {
    const end = (): void => void chunk.body.destroy();
    return await this.#alone(
      hash,
      device,
      async () => {
        const upload = await this.folder.upload(hash, device);
        if (upload === undefined) throw noUpload();
        if (chunk.offset !== upload.received)
          throw new ProblemError(
            'offset-conflict',
            `upload-offset ${upload.received}`,
            'header upload-offset',
            'Ask by HEAD how much is here.',
          );
        if (upload.isDone) return upload;
        const received = await this.#write(upload, chunk);
        const now = { ...upload, received };
        return received === upload.length ? await this.#finish(now) : now;
      },
      end,
    );
  }

  /** To be called when blobs were thrown away. */
  recount(): void {
    this.#used = null;
  }

  async #write(upload: BegunUpload, { offset, body, checksum }: Chunk): Promise<number> {
    const file = await fs.promises.open(upload.file, 'r+');
    const hash = createHash('sha256');
    let position = offset;
    try {
      for await (const piece of body) {
        const bytes = piece as Buffer;
        if (position + bytes.length > Math.min(upload.length, offset + blobLimits.chunkBytes)) {
          await file.truncate(offset);
          throw new ProblemError(
            'too-large',
            `at most ${blobLimits.chunkBytes} bytes at once, and ${upload.length} in all`,
            'body',
            'Send the rest in smaller chunks.',
          );
        }
        hash.update(bytes);
        position += await writeAt(file, bytes, position);
      }
      if (checksum !== null && hash.digest('base64') !== checksum) {
        await file.truncate(offset);
        throw new ProblemError('checksum-mismatch', 'the chunk of its checksum', 'body', 'Send the chunk again.');
      }
      return position;
    } finally {
      await file.datasync();
      await file.close();
    }
  }

  async #finish(upload: BegunUpload): Promise<BegunUpload> {
    if (!(await this.folder.finish(upload)))
      throw new ProblemError(
        'hash-mismatch',
        'the content of the announced SHA-256',
        'body',
        'The upload was thrown away. Look whether the file has changed, and send it under its hash.',
      );
    if (this.#used !== null) this.#used += upload.length;
    return { ...upload, received: upload.length, isDone: true };
  }

  /** Noted as done, but the blob was thrown away or found damaged since. */
  async #isHollow({ isDone, hash }: BegunUpload): Promise<boolean> {
    return isDone && (await this.folder.look(hash)) === null;
  }

  async #mustHaveRoom(length: number): Promise<void> {
    const { bavail, bsize } = await fs.promises.statfs(this.folder.root);
    const begun = (await this.folder.uploads()).reduce((sum, each) => sum + (each.isDone ? 0 : each.length), 0);
    this.#used ??= await this.#count();
    if (bavail * bsize < length + reserveBytes || this.#used + begun + length > this.#quota.totalBytes) throw noRoom();
  }

  async #count(): Promise<number> {
    let bytes = 0;
    for await (const hash of this.folder.hashes()) bytes += (await this.folder.look(hash))?.bytes ?? 0;
    return bytes;
  }

  async #alone<Value>(
    hash: string,
    device: string,
    work: () => Promise<Value>,
    end = (): void => undefined,
  ): Promise<Value> {
    const key = `${hash} ${device}`;
    for (let before = this.#writers.get(key); before !== undefined; before = this.#writers.get(key)) {
      before.end();
      await before.done;
    }
    const working = work();
    const done = working.then(
      () => undefined,
      () => undefined,
    );
    this.#writers.set(key, { end, done });
    try {
      return await working;
    } finally {
      this.#writers.delete(key);
    }
  }
}

/** A disk takes as much as it has room for. */
async function writeAt(file: fs.promises.FileHandle, bytes: Buffer, position: number): Promise<number> {
  let written = 0;
  while (written < bytes.length) {
    const left = bytes.length - written;
    written += (await file.write(bytes, written, left, position + written).catch(asNoRoom)).bytesWritten;
  }
  return written;
}

function asNoRoom(error: unknown): never {
  if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) throw noRoom();
  throw error;
}

function noRoom(): ProblemError {
  return new ProblemError(
    'storage-full',
    'room for attachments',
    'endpoint',
    'Nothing is lost: the desk keeps the file and sends it later. Tell the administrator.',
  );
}

/** The same for what is not there and what belongs to another device. */
export function noUpload(): ProblemError {
  return new ProblemError('not-found', 'a blob you may read or an upload you have begun', 'path', 'Begin an upload.');
}
