import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { ReadInstant } from './date-format.ts';

/** One comment or work note of a journal column. */
export interface JournalEntry {
  /** In ms; null when the journal names no time. */
  readonly at: number | null;
  readonly author: string | null;
  readonly body: string;
}

/** `2016-02-29 01:23:00 - Jane Doe (Work notes)`: how ServiceNow heads each entry of a journal column. */
const heading = /^(\d[\d/.: -]{7,22}(?: [AP]M)?) - (.{1,200}) \((?:work notes|additional comments|comments)[^)]*\)$/i;

/** Splits a journal column into its entries, in the order of the file. Text without headings is one entry. */
export function parseJournal(cell: string, readers: readonly ReadInstant[]): readonly JournalEntry[] {
  const entries: { at: number | null; author: string | null; lines: string[] }[] = [];
  for (const line of cell.split(/\r\n|\r|\n/)) {
    const match = heading.exec(line);
    const at =
      match?.[1] === undefined
        ? undefined
        : readers.map((read) => read(match[1] ?? '')?.ms).find((ms) => ms !== undefined);
    if (match?.[2] !== undefined && at !== undefined)
      entries.push({ at, author: match[2].replaceAll(/\s+/g, ' ').trim(), lines: [] });
    else if (entries.length === 0) entries.push({ at: null, author: null, lines: [line] });
    else entries.at(-1)?.lines.push(line);
  }
  return entries
    .map(({ at, author, lines }) => ({ at, author, body: lines.join('\n').trim() }))
    .filter(({ body }) => body !== '');
}

/**
 * Identity of an imported entry: the same for the same text of the same record, so that importing a journal again adds
 * only what is new. Shaped like a UUIDv7 of the time it was written (D1).
 */
export function journalEntryId(ticket: string, audience: string, entry: JournalEntry): string {
  const hash = bytesToHex(sha256(utf8ToBytes(JSON.stringify([ticket, audience, entry.at, entry.body]))));
  const time = Math.max(0, entry.at ?? 0)
    .toString(16)
    .padStart(12, '0')
    .slice(-12);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}
