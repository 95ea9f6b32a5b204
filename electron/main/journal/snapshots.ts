import { createHash } from 'node:crypto';
import path from 'node:path';
import type { SnapshotInfo } from '../../../shared/desktop-api.ts';
import { DesktopError, isDiskFull } from '../desktop-error.ts';
import { writeAtomically, writeDurably } from './atomic-file.ts';
import type { FileSystem } from './file-system.ts';
import {
  chooseExpired,
  describeSnapshot,
  formatManifest,
  isNearlyEmpty,
  parseManifest,
  type SnapshotManifest,
} from './snapshot-manifest.ts';

interface Unfinished {
  readonly takenAt: number;
  readonly records: number;
  readonly lastSeq: number;
  readonly parts: SnapshotManifest['parts'];
}

export interface SnapshotPlace {
  readonly disk: FileSystem;
  /** Folder of the snapshots; it exists. One folder in it for each. */
  readonly folder: string;
  readonly now: () => number;
  readonly random: (count: number) => Uint8Array;
}

const unfinishedSuffix = '.writing';

/** Copies of a whole space, taken from time to time: with the journal after them they rebuild a lost database. */
export class Snapshots {
  readonly #place: SnapshotPlace;
  readonly #unfinished = new Map<string, Unfinished>();

  constructor(place: SnapshotPlace) {
    this.#place = place;
  }

  async begin(lastSeq: number, records: number): Promise<{ readonly id: string }> {
    const { disk, now, random } = this.#place;
    const takenAt = now();
    const stamp = new Date(takenAt).toISOString().replace(/[-:]|\.\d+/g, '');
    const id = `${stamp}-${Buffer.from(random(8)).toString('hex')}`;
    await disk.makeFolder(this.#folderOf(id) + unfinishedSuffix);
    this.#unfinished.set(id, { takenAt, records, lastSeq, parts: [] });
    return { id };
  }

  /**
   * Parts come in order from 0; a part may be written again after a failure. A snapshot that does not fit on the disk is
   * given up: its room is what more urgent writes now lack.
   */
  async write(id: string, part: number, bytes: Uint8Array): Promise<void> {
    const unfinished = this.#get(id);
    if (part > unfinished.parts.length) {
      throw new DesktopError('conflict', `snapshot: expected part ${unfinished.parts.length} at most, got ${part}`);
    }
    const from = this.#folderOf(id) + unfinishedSuffix;
    try {
      await writeDurably(this.#place.disk, partFile(from, part), bytes);
    } catch (error) {
      if (isDiskFull(error)) {
        this.#unfinished.delete(id);
        await this.#place.disk.remove(from);
      }
      throw error;
    }
    unfinished.parts[part] = { bytes: bytes.length, sha256: sha256(bytes) };
  }

  /**
   * Reads every part back and compares, then gives the snapshot its name and rotates. One that holds less than a fifth
   * of the records of the one before is kept beside, not verified, and displaces nothing.
   */
  async commit(id: string): Promise<SnapshotInfo> {
    const { disk, folder } = this.#place;
    const unfinished = this.#get(id);
    const from = this.#folderOf(id) + unfinishedSuffix;
    for (const [part, expected] of unfinished.parts.entries()) await readPart(disk, from, part, expected);
    const before = (await this.list()).find((snapshot) => snapshot.verified)?.records ?? 0;
    const manifest: SnapshotManifest = { ...unfinished, nearlyEmpty: isNearlyEmpty(unfinished.records, before) };
    await writeAtomically(disk, manifestFile(from), formatManifest(manifest));
    await disk.rename(from, this.#folderOf(id));
    await disk.syncFolder(folder);
    this.#unfinished.delete(id);
    await this.#rotate();
    return describeSnapshot(id, manifest);
  }

  /** Finished snapshots, newest first. */
  async list(): Promise<readonly SnapshotInfo[]> {
    const { disk, folder } = this.#place;
    const found: SnapshotInfo[] = [];
    for (const id of await disk.list(folder)) {
      const manifest = id.endsWith(unfinishedSuffix) ? null : await this.#readManifest(id);
      if (manifest !== null) found.push(describeSnapshot(id, manifest));
    }
    return found.sort((a, b) => b.takenAt - a.takenAt || (a.id < b.id ? 1 : -1));
  }

  /** Rejects with `damaged` when the part is not what was written. */
  async read(id: string, part: number): Promise<Uint8Array> {
    const manifest = await this.#readManifest(id);
    const expected = manifest?.parts[part];
    if (expected === undefined) throw new DesktopError('not-found', `snapshot: there is no part ${part} of ${id}`);
    return readPart(this.#place.disk, this.#folderOf(id), part, expected);
  }

  /** Removes what an earlier run left unfinished. */
  async tidy(): Promise<void> {
    const { disk, folder } = this.#place;
    for (const name of await disk.list(folder)) {
      const unfinished =
        name.endsWith(unfinishedSuffix) && !this.#unfinished.has(name.slice(0, -unfinishedSuffix.length));
      if (unfinished) await disk.remove(path.join(folder, name));
    }
  }

  async #rotate(): Promise<void> {
    const { disk, folder } = this.#place;
    const expired = chooseExpired(await this.list());
    for (const id of expired) {
      // Renamed first: half a removed snapshot must not look like a whole one.
      await disk.rename(this.#folderOf(id), this.#folderOf(id) + unfinishedSuffix);
      await disk.remove(this.#folderOf(id) + unfinishedSuffix);
    }
    if (expired.length > 0) await disk.syncFolder(folder);
  }

  async #readManifest(id: string): Promise<SnapshotManifest | null> {
    const bytes = await this.#place.disk.readFile(manifestFile(this.#folderOf(id)));
    return bytes === null ? null : parseManifest(bytes);
  }

  #get(id: string): Unfinished {
    const unfinished = this.#unfinished.get(id);
    if (unfinished === undefined)
      throw new DesktopError('not-found', 'snapshot: none with this id is being written; begin one');
    return unfinished;
  }

  /** Ids come from the page only as `handle` strings: no separators, no dots. */
  #folderOf(id: string): string {
    return path.join(this.#place.folder, id);
  }
}

async function readPart(
  disk: FileSystem,
  folder: string,
  part: number,
  expected: SnapshotManifest['parts'][number],
): Promise<Uint8Array> {
  const bytes = await disk.readFile(partFile(folder, part));
  if (bytes === null || bytes.length !== expected.bytes || sha256(bytes) !== expected.sha256) {
    throw new DesktopError('damaged', `snapshot: part ${part} is not what was written; use an older snapshot`);
  }
  return bytes;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function partFile(folder: string, part: number): string {
  return path.join(folder, `part-${String(part).padStart(5, '0')}.bin`);
}

function manifestFile(folder: string): string {
  return path.join(folder, 'manifest.json');
}
