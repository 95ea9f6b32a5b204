import path from 'node:path';
import type { OpenedFile } from '../../shared/desktop-api.ts';
import { DesktopError } from './desktop-error.ts';
import type { FileSystem, OpenFile } from './journal/file-system.ts';

interface Reading {
  readonly kind: 'reading';
  readonly file: OpenFile;
}

interface Saving {
  readonly kind: 'saving';
  readonly file: OpenFile;
  readonly beside: string;
  readonly target: string;
  length: number;
}

/** More open files than a person can have chosen means that something goes wrong in the page. */
const openAtMost = 64;

/**
 * Files a person chose, known to the page by an unguessable handle and a name alone: no call takes a path. What is
 * saved grows beside its place and gets its name only when it is whole.
 */
export class Files {
  readonly #disk: FileSystem;
  readonly #random: (count: number) => Uint8Array;
  readonly #open = new Map<string, Reading | Saving>();

  constructor(disk: FileSystem, random: (count: number) => Uint8Array) {
    this.#disk = disk;
    this.#random = random;
  }

  /** @param file path the person chose in a dialog or named on the command line */
  async openForReading(file: string): Promise<OpenedFile> {
    const opened = await this.#disk.open(file, 'read');
    try {
      // A folder can be opened too; only reading it fails.
      await opened.read(0, 1);
      const bytes = await opened.size();
      return { handle: this.#keep({ kind: 'reading', file: opened }), name: path.basename(file), bytes };
    } catch (error) {
      await opened.close();
      throw error;
    }
  }

  /** Up to `length` bytes from `offset`; fewer at the end, none beyond it. */
  async read(handle: string, offset: number, length: number): Promise<Uint8Array> {
    const open = this.#get(handle);
    if (open.kind !== 'reading') throw new DesktopError('conflict', 'this file is open for saving, not for reading');
    return open.file.read(offset, length);
  }

  async beginSaving(target: string): Promise<{ readonly handle: string; readonly name: string }> {
    const name = path.basename(target);
    const beside = path.join(path.dirname(target), `.${name}.${Buffer.from(this.#random(6)).toString('hex')}.part`);
    const file = await this.#disk.open(beside, 'write');
    try {
      return { handle: this.#keep({ kind: 'saving', file, beside, target, length: 0 }), name };
    } catch (error) {
      await file.close();
      await this.#disk.remove(beside);
      throw error;
    }
  }

  /** Appends. A failed write may be tried again: it continues where the last good one ended. */
  async write(handle: string, bytes: Uint8Array): Promise<void> {
    const open = this.#getSaving(handle);
    const at = open.length;
    open.length += bytes.length;
    try {
      await open.file.write(at, bytes);
    } catch (error) {
      open.length = at;
      throw error;
    }
  }

  async endSaving(handle: string, outcome: 'keep' | 'discard'): Promise<void> {
    const open = this.#getSaving(handle);
    this.#open.delete(handle);
    try {
      if (outcome === 'keep') {
        await open.file.truncate(open.length);
        await open.file.sync();
      }
    } catch (error) {
      await this.#discard(open);
      throw error;
    }
    if (outcome === 'discard') return this.#discard(open);
    await open.file.close();
    await this.#disk.rename(open.beside, open.target);
    await this.#disk.syncFolder(path.dirname(open.target));
  }

  async close(handle: string): Promise<void> {
    const open = this.#get(handle);
    this.#open.delete(handle);
    if (open.kind === 'saving') await this.#discard(open);
    else await open.file.close();
  }

  /** Gives up whatever is open, at the end of the program. */
  async closeAll(): Promise<void> {
    await Promise.allSettled([...this.#open.keys()].map((handle) => this.close(handle)));
  }

  async #discard(open: Saving): Promise<void> {
    await open.file.close();
    await this.#disk.remove(open.beside);
  }

  #keep(open: Reading | Saving): string {
    if (this.#open.size >= openAtMost) {
      throw new DesktopError('conflict', `more than ${openAtMost} files are open; close some first`);
    }
    const handle = Buffer.from(this.#random(16)).toString('base64url');
    this.#open.set(handle, open);
    return handle;
  }

  #get(handle: string): Reading | Saving {
    const open = this.#open.get(handle);
    if (open === undefined) throw new DesktopError('not-found', 'no open file has this handle');
    return open;
  }

  #getSaving(handle: string): Saving {
    const open = this.#get(handle);
    if (open.kind !== 'saving') throw new DesktopError('conflict', 'this file is open for reading, not for saving');
    return open;
  }
}
