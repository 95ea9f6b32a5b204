import path from 'node:path';
import type { JournalEntry, JournalState } from '../../../shared/desktop-api.ts';
import { DesktopError } from '../desktop-error.ts';
import type { FileSystem } from './file-system.ts';
import { createGroupCommit } from './group-commit.ts';
import { addMark, emptyIndex, indexSegment, type JournalIndex, type Segment } from './journal-index.ts';
import { formatHeader, formatLine } from './journal-line.ts';
import { LineFile, type Reserve } from './line-file.ts';
import { readEntries } from './read-entries.ts';

/** A new segment is begun when the newest one has reached this length (bytes). */
const defaultSegmentBytes = 16 * 1024 * 1024;

interface EncodedEntries {
  readonly parts: readonly { readonly seq: number; readonly bytes: Uint8Array }[];
  readonly lastSeq: number;
  readonly lastCheck: string;
}

export interface JournalPlace {
  readonly disk: FileSystem;
  /** Folder of the segments; it exists. */
  readonly folder: string;
  readonly reserve: Reserve;
  /** Length (bytes) at which a new segment is begun; tests make it small. */
  readonly segmentBytes?: number | undefined;
}

/**
 * The own-operation journal (D8): what this device did, in order, in plain files outside IndexedDB. An append is
 * acknowledged when it is on the disk; an acknowledged line is never rewritten.
 */
export class Journal {
  readonly #place: JournalPlace;
  readonly #device: string;
  readonly #index: JournalIndex;
  readonly #commit: (item: EncodedEntries) => Promise<void>;
  #newest: LineFile | null = null;
  /** Settles when the last append has. */
  #last: Promise<void> = Promise.resolve();
  /** End of the sequence including what is on its way to the disk. */
  #queued: { readonly seq: number; readonly check: string };

  constructor(place: JournalPlace, device: string, index: JournalIndex) {
    this.#place = place;
    this.#device = device;
    this.#index = index;
    this.#queued = this.#acknowledged();
    this.#commit = createGroupCommit(
      (items) => this.#write(items),
      () => {
        this.#queued = this.#acknowledged();
      },
    );
  }

  get state(): JournalState {
    return { device: this.#device, lastSeq: this.#index.lastSeq, damage: this.#index.damage };
  }

  /**
   * Resolves once all entries are on the disk. Rejects with `conflict` when they do not continue the sequence, and with
   * what the disk said when it refused; none of the entries counts then.
   */
  async append(entries: readonly JournalEntry[]): Promise<void> {
    this.#checkSequence(entries);
    const encoded = encodeEntries(entries, this.#queued.check);
    this.#queued = { seq: encoded.lastSeq, check: encoded.lastCheck };
    this.#last = this.#commit(encoded);
    await this.#last;
  }

  /** A page of the entries after a number; pages are cut by count and by size. */
  async read(
    after: number,
    limit: number,
  ): Promise<{ readonly entries: readonly JournalEntry[]; readonly more: boolean }> {
    const entries = await readEntries(this.#place.disk, this.#place.folder, this.#index.segments, after, limit);
    const last = entries.at(-1);
    return { entries, more: last !== undefined && last.seq < this.#index.lastRead.seq };
  }

  /** Waits for what is on its way to the disk. */
  async close(): Promise<void> {
    await Promise.allSettled([this.#last]);
    await this.#newest?.close();
  }

  #acknowledged(): { readonly seq: number; readonly check: string } {
    return { seq: this.#index.lastSeq, check: this.#index.lastRead.check };
  }

  #checkSequence(entries: readonly JournalEntry[]): void {
    // An empty journal takes any first number: its predecessor may have been lost with its numbers already used.
    let expected = this.#queued.seq === 0 ? (entries[0]?.seq ?? 1) : this.#queued.seq + 1;
    for (const { seq } of entries) {
      if (seq !== expected)
        throw new DesktopError('conflict', `journal: expected number ${expected}, got ${seq}; nothing was written`);
      expected += 1;
    }
  }

  async #write(items: readonly EncodedEntries[]): Promise<void> {
    const { segment, file } = this.#segmentForWriting();
    const start = file.length;
    const prefix = this.#prefixFor(segment, start);
    const parts = items.flatMap((item) => item.parts);
    await file.append(Buffer.concat([prefix, ...parts.map((part) => part.bytes)]));

    this.#index.needsLineBreak = false;
    let offset = start + prefix.length;
    for (const { seq, bytes } of parts) {
      addMark(segment, seq, offset);
      offset += bytes.length;
    }
    segment.length = file.length;
    const last = items.at(-1);
    if (last === undefined) return;
    segment.lastSeq = last.lastSeq;
    this.#index.lastSeq = last.lastSeq;
    this.#index.lastRead = { seq: last.lastSeq, check: last.lastCheck };
  }

  #segmentForWriting(): { readonly segment: Segment; readonly file: LineFile } {
    const { segments } = this.#index;
    let segment = segments.at(-1);
    if (segment === undefined || segment.length >= (this.#place.segmentBytes ?? defaultSegmentBytes)) {
      const number = (segment?.number ?? 0) + 1;
      segment = { number, file: segmentFile(number), marks: [], length: 0, lastSeq: this.#index.lastSeq };
      segments.push(segment);
      // All of it is synced: an error of closing says nothing about it.
      void this.#newest?.close().catch(() => undefined);
      this.#newest = null;
    }
    const { disk, folder, reserve } = this.#place;
    this.#newest ??= new LineFile(disk, path.join(folder, segment.file), segment.length, reserve);
    return { segment, file: this.#newest };
  }

  #prefixFor(segment: Segment, length: number): Uint8Array {
    if (length === 0)
      return Buffer.from(
        formatHeader({ device: this.#device, segment: segment.number, previous: this.#index.lastRead.check }),
      );
    return Buffer.from(this.#index.needsLineBreak ? '\n' : '');
  }
}

export function segmentFile(number: number): string {
  return `${String(number).padStart(8, '0')}.ndjson`;
}

/** Reads every segment of a journal, newest last. */
export async function indexJournal({ disk, folder }: Pick<JournalPlace, 'disk' | 'folder'>): Promise<JournalIndex> {
  const index = emptyIndex();
  const files = (await disk.list(folder)).filter((name) => /^\d{8}\.ndjson$/.test(name));
  for (const file of files) {
    const bytes = await disk.readFile(path.join(folder, file));
    if (bytes !== null) indexSegment(index, Number.parseInt(file, 10), file, bytes, file === files.at(-1));
  }
  return index;
}

const linesPerPart = 256;

function encodeEntries(entries: readonly JournalEntry[], after: string): EncodedEntries {
  const parts: { readonly seq: number; readonly bytes: Uint8Array }[] = [];
  let previous = after;
  for (let start = 0; start < entries.length; start += linesPerPart) {
    let text = '';
    for (const { seq, text: operation } of entries.slice(start, start + linesPerPart)) {
      const { line, check } = formatLine(seq, operation, previous);
      text += line;
      previous = check;
    }
    parts.push({ seq: entries[start]?.seq ?? 0, bytes: Buffer.from(text) });
  }
  return { parts, lastSeq: entries.at(-1)?.seq ?? 0, lastCheck: previous };
}
