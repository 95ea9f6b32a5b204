import path from 'node:path';
import { z } from 'zod';
import type { Draft } from '../../../shared/desktop-api.ts';
import { writeAtomically } from './atomic-file.ts';
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
    await this.#commit({ key, text, savedAt });
    return { savedAt };
  }

  async delete(key: string): Promise<void> {
    await this.#commit({ key, text: null, savedAt: this.#now() });
  }

  /** Newest first. */
  list(): readonly Draft[] {
    return [...this.#drafts.values()].sort((a, b) => b.savedAt - a.savedAt);
  }

  close(): Promise<void> {
    return this.#file.close();
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
  const bytes = Buffer.from((await disk.readFile(file)) ?? new Uint8Array());
  const drafts = new Map<string, Draft>();
  let unreadable = '';
  for (const text of bytes.toString('utf8').split('\n')) {
    const line = parseDraftLine(text);
    if (line !== null) applyLine(drafts, line);
    else if (text !== '') unreadable += `${text}\n`;
  }
  // What cannot be read any more is somebody's words all the same: it is put beside, not thrown away.
  if (unreadable !== '') await writeAtomically(disk, `${file}.unreadable-${now()}`, Buffer.from(unreadable));
  const compact = Buffer.from([...drafts.values()].map(formatDraftLine).join(''));
  const length =
    compact.equals(bytes) || !(await tryCompact(disk, file, compact)) ? bytes.lastIndexOf('\n') + 1 : compact.length;
  return new Drafts(new LineFile(disk, file, length, reserve), drafts, now);
}

/** @returns false when the disk refuses: an old file is as good as a tidy one */
async function tryCompact(disk: FileSystem, file: string, compact: Uint8Array): Promise<boolean> {
  try {
    await writeAtomically(disk, file, compact);
    return true;
  } catch {
    return false;
  }
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
