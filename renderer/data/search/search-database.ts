import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import { decodePart, encodePart, type SealedPart } from '../../../shared/search/sealed-part.ts';

/** Which parts make the index, and what it was built from. */
interface ManifestRow {
  readonly name: 'index';
  /** Of analyser and texts; an index of another version is of no use. */
  readonly version: string;
  /** Highest segment of bodies when it was saved: what is newer is indexed again. */
  readonly segment: number;
  readonly parts: readonly { readonly key: number; readonly removed: Uint32Array }[];
}

interface PartRow {
  readonly key: number;
  readonly bytes: Uint8Array;
}

export interface SavedIndex {
  readonly segment: number;
  readonly parts: readonly SealedPart[];
}

/** The saved index, in a database of its own: what happens to it says nothing about the records. */
export class SearchDatabase extends Dexie {
  declare readonly manifest: Table<ManifestRow, string>;
  declare readonly parts: Table<PartRow, number>;
  readonly #version: string;
  /** Keys of parts that are stored. A part never changes. */
  readonly #keys = new WeakMap<SealedPart, number>();
  #lastKey = 0;

  constructor(spaceDatabase: string, version: string) {
    super(`search-of-${spaceDatabase}`, { chromeTransactionDurability: 'relaxed', autoOpen: true });
    this.#version = version;
    this.version(1).stores({ manifest: 'name', parts: 'key' });
  }

  /** Null when there is none that is whole and of this version. */
  async load(fields: number): Promise<SavedIndex | null> {
    const manifest = await this.manifest.get('index');
    this.#lastKey = Number((await this.parts.toCollection().lastKey()) ?? 0);
    if (manifest?.version !== this.#version) return null;
    const rows = await this.parts.bulkGet(manifest.parts.map(({ key }) => key));
    const parts: SealedPart[] = [];
    for (const [index, { key, removed }] of manifest.parts.entries()) {
      const bytes = rows[index]?.bytes;
      const part = bytes instanceof Uint8Array ? decodePart(bytes) : null;
      if (part === null || part.content.fields !== fields) return null;
      for (const record of removed) part.removed[record] = 1;
      this.#keys.set(part, key);
      parts.push(part);
    }
    return { segment: manifest.segment, parts };
  }

  /** Writes parts that are new and takes away those that are gone, in one transaction. */
  async save({ segment, parts }: SavedIndex): Promise<void> {
    const added: PartRow[] = [];
    const listed = parts.map((part) => {
      let key = this.#keys.get(part);
      if (key === undefined) {
        key = ++this.#lastKey;
        this.#keys.set(part, key);
        added.push({ key, bytes: encodePart(part.content) });
      }
      return { key, removed: removedOf(part) };
    });
    const kept = new Set(listed.map(({ key }) => key));
    const manifest: ManifestRow = { name: 'index', version: this.#version, segment, parts: listed };
    try {
      await this.transaction('rw', this.manifest, this.parts, async () => {
        const stored = await this.parts.toCollection().primaryKeys();
        await this.parts.bulkDelete(stored.filter((key) => !kept.has(key)));
        await this.parts.bulkPut(added);
        await this.manifest.put(manifest);
      });
    } catch (error) {
      for (const part of parts) if (added.some(({ key }) => key === this.#keys.get(part))) this.#keys.delete(part);
      throw error;
    }
  }
}

function removedOf(part: SealedPart): Uint32Array {
  const removed: number[] = [];
  part.removed.forEach((flag, record) => {
    if (flag === 1) removed.push(record);
  });
  return Uint32Array.from(removed);
}
