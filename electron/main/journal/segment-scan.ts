import { parseHeader, parseLine, salvageLines, type JournalLine, type SegmentHeader } from './journal-line.ts';

/** One line found in a segment, in order. Offsets in bytes from the start of what was scanned; line numbers from 1. */
export type Found =
  | { readonly kind: 'header'; readonly header: SegmentHeader }
  | { readonly kind: 'entry'; readonly line: JournalLine; readonly offset: number; readonly at: number }
  | { readonly kind: 'damaged'; readonly at: number }
  /** What follows the last line break. `kept` when it holds whole lines all the same and must not be cut off. */
  | { readonly kind: 'tail'; readonly offset: number; readonly kept: boolean };

const lineBreak = 0x0a;

/** Goes through the bytes of a segment, or of a part of one that starts at a line. Never throws: damage is a finding. */
export function* scanSegment(bytes: Uint8Array): Generator<Found, void, undefined> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = 0;
  let at = 1;
  while (offset < buffer.length) {
    const end = buffer.indexOf(lineBreak, offset);
    const terminated = end !== -1;
    const line = buffer.subarray(offset, terminated ? end : buffer.length);
    const found = terminated ? readLine(line, offset, at) : salvage(line, offset, at);
    yield* found;
    if (!terminated) {
      yield { kind: 'tail', offset, kept: found.length > 0 };
      return;
    }
    offset = end + 1;
    at += 1;
  }
}

function readLine(bytes: Buffer, offset: number, at: number): readonly Found[] {
  const line = parseLine(bytes);
  if (line !== null) return [{ kind: 'entry', line, offset, at }];
  const header = at === 1 ? parseHeader(bytes) : null;
  if (header !== null) return [{ kind: 'header', header }];
  return [{ kind: 'damaged', at }, ...salvage(bytes, offset, at)];
}

function salvage(bytes: Buffer, offset: number, at: number): readonly Found[] {
  return salvageLines(bytes).map((line) => ({ kind: 'entry', line, offset, at }));
}
