import path from 'node:path';
import { isDiskFull } from '../desktop-error.ts';
import type { FileSystem, OpenFile } from './file-system.ts';

/** Space held back for the last writes before a disk is full. */
export interface Reserve {
  /** Gives the space back to the disk; false when it was given back already. */
  readonly release: () => Promise<boolean>;
}

/**
 * An append-only file whose acknowledged length is known. A failed write is cut off again, at once or, when the disk
 * refuses even that, before the next write: so the file can be used again as soon as the disk can, without a restart.
 */
export class LineFile {
  readonly path: string;
  readonly #disk: FileSystem;
  readonly #reserve: Reserve;
  #length: number;
  #file: OpenFile | null = null;
  /** True while the end of the file may hold something that was never acknowledged. */
  #untidy: boolean;

  /** @param length acknowledged length in bytes; what lies beyond it is cut off before the first write */
  constructor(disk: FileSystem, file: string, length: number, reserve: Reserve) {
    this.#disk = disk;
    this.path = file;
    this.#length = length;
    this.#reserve = reserve;
    this.#untidy = true;
  }

  get length(): number {
    return this.#length;
  }

  /** Resolves when the bytes are on the disk; after a rejection they count as not written. */
  async append(bytes: Uint8Array): Promise<void> {
    try {
      await this.#appendOnce(bytes);
    } catch (error) {
      const released = isDiskFull(error) && (await this.#reserve.release().catch(() => false));
      if (!released) throw error;
      await this.#appendOnce(bytes);
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = null;
    this.#untidy = true;
    await file?.close();
  }

  async #appendOnce(bytes: Uint8Array): Promise<void> {
    const file = await this.#tidy();
    this.#untidy = true;
    try {
      await file.write(this.#length, bytes);
      await file.sync();
    } catch (error) {
      // After a failed sync the kernel may have forgotten the pages: a new descriptor and a rewrite are the only way.
      // When tidying fails too, the next append does it: that error says no more than this one.
      await this.#tidy().catch(() => undefined);
      throw error;
    }
    this.#length += bytes.length;
    this.#untidy = false;
  }

  /** Opens the file and brings it to its acknowledged length. */
  async #tidy(): Promise<OpenFile> {
    if (this.#file !== null && !this.#untidy) return this.#file;
    const old = this.#file;
    this.#file = null;
    await old?.close();
    const file = await this.#disk.open(this.path, 'write');
    try {
      if ((await file.size()) !== this.#length) {
        await file.truncate(this.#length);
        await file.sync();
      }
      if (this.#length === 0) await this.#disk.syncFolder(path.dirname(this.path));
    } catch (error) {
      await file.close();
      throw error;
    }
    this.#file = file;
    this.#untidy = false;
    return file;
  }
}
