import path from 'node:path';
import type { AsideJournal, JournalEntry } from '../../../shared/desktop-api.ts';
import { DesktopError } from '../desktop-error.ts';
import type { FileSystem } from './file-system.ts';
import type { JournalIndex } from './journal-index.ts';
import { indexJournal } from './journal.ts';
import { readEntries } from './read-entries.ts';

export function asideFolder(spaceFolder: string): string {
  return path.join(spaceFolder, 'other-devices');
}

/**
 * Journals put aside whole: of the machine a profile came from, or replaced because they were damaged or rolled back.
 * Nothing is ever written to them; a rebuild reads them beside the journal in use. They are indexed only when asked for.
 */
export class AsideJournals {
  readonly #disk: FileSystem;
  readonly #folder: string;
  readonly #indexes = new Map<string, JournalIndex>();

  constructor(disk: FileSystem, spaceFolder: string) {
    this.#disk = disk;
    this.#folder = asideFolder(spaceFolder);
  }

  async list(): Promise<readonly AsideJournal[]> {
    const found: AsideJournal[] = [];
    for (const name of await this.#disk.list(this.#folder)) {
      const { device, lastSeq } = await this.#index(name);
      if (lastSeq > 0) found.push({ name, device, lastSeq });
    }
    return found;
  }

  async read(
    name: string,
    after: number,
    limit: number,
  ): Promise<{ readonly entries: readonly JournalEntry[]; readonly more: boolean }> {
    if (!(await this.#disk.list(this.#folder)).includes(name))
      throw new DesktopError('not-found', 'journal: there is none of this name aside; ask for the list');
    const index = await this.#index(name);
    const entries = await readEntries(this.#disk, path.join(this.#folder, name), index.segments, after, limit);
    const last = entries.at(-1);
    return { entries, more: last !== undefined && last.seq < index.lastRead.seq };
  }

  async #index(name: string): Promise<JournalIndex> {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    const index = await indexJournal({ disk: this.#disk, folder: path.join(this.#folder, name) });
    this.#indexes.set(name, index);
    return index;
  }
}
