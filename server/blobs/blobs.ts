import fs from 'node:fs';
import { blobLimits } from '../../shared/sync/protocol-blobs.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { parseState } from '../admission/mirror.ts';
import { maySee, withAllRights, type Reader } from '../http/visibility.ts';
import type { Store, StoreReader } from '../store/store.ts';
import { BlobFolder, hashFile, type BegunUpload } from './blob-folder.ts';
import { refersTo } from './blob-references.ts';
import { defaultBlobQuota, Uploads, type BlobQuota } from './uploads.ts';

/** A blob in use is noted as such at most this often (ms). */
const noteUseEveryMs = 24 * 3_600_000;

export interface BlobReport {
  readonly whole: number;
  readonly bytes: number;
  /** Hashes whose file holds something else; each was put aside, so that a desk that has it may bring it again. */
  readonly damaged: readonly string[];
  /** Hashes that records refer to and that are not here: not sent yet, or lost. */
  readonly missing: readonly string[];
}

/** Contents of attachments at one endpoint: who may read them, how they come, and when they go. */
export class Blobs {
  readonly folder: BlobFolder;
  readonly uploads: Uploads;
  readonly #store: Store;
  readonly #now: () => number;

  constructor(root: string, store: Store, now: () => number, quota: BlobQuota = defaultBlobQuota) {
    this.folder = new BlobFolder(root);
    this.uploads = new Uploads(this.folder, quota);
    this.#store = store;
    this.#now = now;
  }

  /** True for those who may read a record that refers to the blob. */
  async mayRead(reader: Reader, hash: string): Promise<boolean> {
    return await this.#store.read(async (store) => {
      const states = await readReferring(store, hash);
      const owners = await readOwners(store, hash);
      return states.some((state) => maySee(withAllRights(reader), state, (key) => owners.get(key)));
    });
  }

  /**
   * Throws away uploads that nothing was added to for a week, and blobs that no record has referred to for 30 days. A blob
   * that is referred to is noted as used by the time of its file, so that nothing but the folder need be backed up.
   */
  async collect(): Promise<{ readonly uploads: number; readonly blobs: number }> {
    const now = this.#now();
    const old = (await this.folder.uploads()).filter((each) => each.touchedAt < now - blobLimits.uploadLastsMs);
    for (const upload of old) await this.folder.discard(upload);
    const blobs = [];
    for await (const hash of this.folder.hashes()) if (await this.#isOver(hash, now)) blobs.push(hash);
    let removed = 0;
    for (const hash of blobs)
      // No record can come to refer to it meanwhile: the writer holds the space.
      await this.#store.write(async (store) => {
        if ((await readReferring(store, hash)).length > 0 || (await this.folder.look(hash)) === null) return;
        if (await this.folder.remove(hash, now - blobLimits.orphanLastsMs)) removed += 1;
      });
    this.uploads.recount();
    return { uploads: old.length, blobs: removed };
  }

  /** Removes those of these that no record refers to any more, at once: what they belonged to was purged. */
  async removeUnreferred(hashes: readonly string[]): Promise<number> {
    let removed = 0;
    for (const hash of hashes)
      await this.#store.write(async (store) => {
        if ((await readReferring(store, hash)).length > 0 || (await this.folder.look(hash)) === null) return;
        if (await this.folder.remove(hash, Number.POSITIVE_INFINITY)) removed += 1;
      });
    if (removed > 0) this.uploads.recount();
    return removed;
  }

  /** Reads every byte of every blob. */
  async verify(): Promise<BlobReport> {
    let whole = 0;
    let bytes = 0;
    const damaged: string[] = [];
    for await (const hash of this.folder.hashes()) {
      const found = await this.folder.look(hash);
      if (found === null) continue;
      if ((await hashFile(this.folder.fileOf(hash))) === hash) {
        whole += 1;
        bytes += found.bytes;
        continue;
      }
      damaged.push(hash);
      const file = this.folder.fileOf(hash);
      await fs.promises.rename(file, `${file}.damaged-${this.#now()}`);
    }
    this.uploads.recount();
    const missing: string[] = [];
    for (const hash of await this.#store.read(async (store) => await store.blobsOfRecords()))
      if ((await this.folder.look(hash)) === null && (await this.#isReferredTo(hash))) missing.push(hash);
    return { whole, bytes, damaged, missing: missing.toSorted() };
  }

  /** When the upload ends if nothing more comes. */
  endOf({ touchedAt }: BegunUpload): Date {
    return new Date(touchedAt + blobLimits.uploadLastsMs);
  }

  async #isOver(hash: string, now: number): Promise<boolean> {
    const found = await this.folder.look(hash);
    if (found === null || found.usedAt > now - noteUseEveryMs) return false;
    if (!(await this.#isReferredTo(hash))) return found.usedAt < now - blobLimits.orphanLastsMs;
    await fs.promises.utimes(this.folder.fileOf(hash), now / 1_000, now / 1_000);
    return false;
  }

  async #isReferredTo(hash: string): Promise<boolean> {
    return await this.#store.read(async (store) => (await readReferring(store, hash)).length > 0);
  }
}

async function readReferring(store: StoreReader, hash: string): Promise<readonly RecordState[]> {
  return (await store.recordsWithBlob(hash)).map(parseState).filter((state) => refersTo(state, hash));
}

async function readOwners(store: StoreReader, hash: string): Promise<ReadonlyMap<string, RecordState>> {
  const keys = (await store.recordsWithBlob(hash)).flatMap(({ partOf }) => partOf ?? []);
  const states = (await store.records([...new Set(keys)])).map(parseState);
  return new Map(states.map((state) => [recordKey(state), state]));
}
