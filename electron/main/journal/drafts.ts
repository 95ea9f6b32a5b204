import path from 'node:path';
import { z } from 'zod';
import type { Draft } from '../../../shared/desktop-api.ts';
import { isDiskFull } from '../desktop-error.ts';
import { writeAtomically, writeDurably } from './atomic-file.ts';
import type { FileSystem } from './file-system.ts';
import { createGroupCommit } from './group-commit.ts';
import { LineFile, type Reserve } from './line-file.ts';

/** One line of the file: the draft as saved, or null once it was sent or given up. The newest line of a key counts. */
const lineShape = z.strictObject({ key: z.string(), text: z.string().nullable(), savedAt: z.int() });
type DraftLine = z.infer<typeof lineShape>;

/** What is being written and not yet sent. Every save is on the disk before it is acknowledged. */
export class Drafts {
  readonly #now: () => number;
  readonly #drafts: Map<string, Draft>;
  readonly #commit: (line: DraftLine) => Promise<void>;
  readonly #file: LineFile;
  /** Settles when the last save or deletion has. */
  #last: Promise<void> = Promise.resolve();

  constructor(file: LineFile, drafts: Map<string, Draft>, now: () => number) {
    this.#file = file;
    this.#drafts = drafts;
    this.#now = now;
    this.#commit = createGroupCommit(async (lines) => {
      await file.append(Buffer.from(lines.map(formatDraftLine).join('')));
      for (const line of lines) applyLine(drafts, line);
    });
  }

  async save(key: string, text: string): Promise<{ readonly savedAt: number }> {
    const savedAt = this.#now();
    await this.#write({ key, text, savedAt });
    return { savedAt };
  }

  async delete(key: string): Promise<void> {
    await this.#write({ key, text: null, savedAt: this.#now() });
  }

  /** Newest first. */
  list(): readonly Draft[] {
    return [...this.#drafts.values()].sort((a, b) => b.savedAt - a.savedAt);
  }

  /** Waits for what is on its way to the disk. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#last]);
    await this.#file.close();
  }

  #write(line: DraftLine): Promise<void> {
    this.#last = this.#commit(line);
    return this.#last;
  }
}

/** Reads the drafts and, when the file holds more than they need, writes it anew. */
export async function openDrafts(
  disk: FileSystem,
  folder: string,
  reserve: Reserve,
  now: () => number,
): Promise<Drafts> {
  const file = path.join(folder, 'drafts.ndjson');
  // An earlier start may have ended between renaming and syncing.
  await disk.syncFolder(folder);
  const bytes = Buffer.from((await disk.readFile(file)) ?? new Uint8Array());
  const drafts = new Map<string, Draft>();
  let unreadable = '';
  for (const text of bytes.toString('utf8').split('\n')) {
    const line = parseDraftLine(text);
    if (line !== null) applyLine(drafts, line);
    else if (text !== '') unreadable += `${text}\n`;
  }
  const compact = Buffer.from([...drafts.values()].map(formatDraftLine).join(''));
  const replaced =
    !compact.equals(bytes) &&
    (await tryPutAside(disk, `${file}.unreadable-${now()}`, unreadable)) &&
    (await tryReplace(disk, file, compact));
  const length = replaced ? compact.length : bytes.lastIndexOf('\n') + 1;
  return new Drafts(new LineFile(disk, file, length, reserve), drafts, now);
}

/**
 * What cannot be read any more is somebody's words all the same: it is put beside, not thrown away.
 * @returns false when there is no room for that: then it stays where it is, and only its torn end may be cut off
 */
async function tryPutAside(disk: FileSystem, file: string, unreadable: string): Promise<boolean> {
  if (unreadable === '') return true;
  try {
    await writeAtomically(disk, file, Buffer.from(unreadable));
    return true;
  } catch (error) {
    if (isDiskFull(error)) return false;
    throw error;
  }
}

/**
 * @returns false when there was no room to write the new file: the old one is as good. Once it is written, an error is
 * thrown, because nobody knows then which of the two has the name.
 */
async function tryReplace(disk: FileSystem, file: string, bytes: Uint8Array): Promise<boolean> {
  const beside = `${file}.writing`;
  try {
    await writeDurably(disk, beside, bytes);
  } catch {
    return false;
  }
  await disk.rename(beside, file);
  await disk.syncFolder(path.dirname(file));
  return true;
}

function applyLine(drafts: Map<string, Draft>, { key, text, savedAt }: DraftLine): void {
  if (text === null) drafts.delete(key);
  else drafts.set(key, { key, text, savedAt });
}

function formatDraftLine({ key, text, savedAt }: DraftLine): string {
  return `${JSON.stringify({ key, text, savedAt } satisfies DraftLine)}\n`;
}

function parseDraftLine(text: string): DraftLine | null {
  try {
    return lineShape.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
