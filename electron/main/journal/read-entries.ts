import path from 'node:path';
import type { JournalEntry } from '../../../shared/desktop-api.ts';
import type { FileSystem } from './file-system.ts';
import type { Segment } from './journal-index.ts';
import { decodeText } from './journal-line.ts';
import { scanSegment } from './segment-scan.ts';

/** A page holds no more text than this (characters), so that no message between processes grows without bound. */
const pageCharacters = 8 * 1024 * 1024;

/** Entries with numbers above `after`, in order, at most `limit` of them and at least one when there is one. */
export async function readEntries(
  disk: FileSystem,
  folder: string,
  segments: readonly Segment[],
  after: number,
  limit: number,
): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  let characters = 0;
  for (const segment of segments) {
    if (segment.lastSeq <= after || segment.marks.length === 0) continue;
    const start = Math.max(
      0,
      segment.marks.findLastIndex((mark) => mark.seq <= after + 1),
    );
    for (let at = start; at < segment.marks.length; at += 1) {
      const from = segment.marks[at]?.offset ?? 0;
      const to = segment.marks[at + 1]?.offset ?? segment.length;
      for (const found of scanSegment(await readRange(disk, path.join(folder, segment.file), from, to))) {
        const last = entries.at(-1)?.seq ?? after;
        if (found.kind !== 'entry' || found.line.seq <= last) continue;
        if (entries.length === limit || (entries.length > 0 && characters >= pageCharacters)) return entries;
        const text = decodeText(found.line);
        entries.push({ seq: found.line.seq, text });
        characters += text.length;
      }
    }
  }
  return entries;
}

async function readRange(disk: FileSystem, file: string, from: number, to: number): Promise<Uint8Array> {
  const opened = await disk.open(file, 'read');
  try {
    return await opened.read(from, to - from);
  } finally {
    await opened.close();
  }
}
