import type { JournalState } from '../../../shared/desktop-api.ts';
import { chainStart } from './journal-line.ts';
import { scanSegment } from './segment-scan.ts';

/** Where lines lie in a segment: one mark for about every 256 of them. */
export interface Mark {
  /** Number of the first line at or after `offset`. */
  readonly seq: number;
  readonly offset: number;
}

export interface Segment {
  readonly number: number;
  readonly file: string;
  readonly marks: Mark[];
  /** Acknowledged length in bytes. */
  length: number;
  lastSeq: number;
}

/** What reading a journal from its first segment to its last has found so far. */
export interface JournalIndex {
  readonly segments: Segment[];
  readonly damage: JournalState['damage'][number][];
  /** Device named by the newest readable header; null when there is none. */
  device: string | null;
  /** Highest number used, by a readable line or by one that can no longer be read. */
  lastSeq: number;
  /** Number and check of the newest readable line. */
  lastRead: { readonly seq: number; readonly check: string };
  /** True when the newest segment ends in whole lines without a line break: one must be written before the next. */
  needsLineBreak: boolean;
}

export function emptyIndex(): JournalIndex {
  return {
    segments: [],
    damage: [],
    device: null,
    lastSeq: 0,
    lastRead: { seq: 0, check: chainStart },
    needsLineBreak: false,
  };
}

const linesPerMark = 256;

export function addMark(segment: Segment, seq: number, offset: number): void {
  const last = segment.marks.at(-1);
  if (last === undefined || seq - last.seq >= linesPerMark) segment.marks.push({ seq, offset });
}

/**
 * Reads one more segment into the index. Everything readable is kept; what is not is reported with file and line.
 * A line too damaged to read still uses up its number, because the operation it held may have reached other devices.
 * @param newest only there a torn end is the ordinary mark of a crash, cut off without a word
 */
export function indexSegment(
  index: JournalIndex,
  number: number,
  file: string,
  bytes: Uint8Array,
  newest: boolean,
): void {
  const segment: Segment = { number, file, marks: [], length: bytes.length, lastSeq: index.lastSeq };
  const report = (line: number, reason: string): void => void index.damage.push({ file, line, reason });
  const expectedNumber = (index.segments.at(-1)?.number ?? 0) + 1;
  let explained = number !== expectedNumber;
  if (explained) report(0, `segments ${expectedNumber} to ${number - 1} are missing`);

  for (const found of scanSegment(bytes)) {
    if (found.kind === 'header') {
      index.device = found.header.device;
      if (found.header.previous !== index.lastRead.check && !explained) {
        report(1, 'does not continue the segment before');
        explained = true;
      }
    } else if (found.kind === 'damaged') {
      report(found.at, 'unreadable line');
      if (found.at > 1) index.lastSeq += 1;
      explained = true;
    } else if (found.kind === 'tail') {
      if (found.kept) index.needsLineBreak = newest;
      else if (newest) segment.length = found.offset;
      else report(0, 'the end is cut off');
    } else {
      const { seq, previous, check } = found.line;
      if (seq <= index.lastRead.seq) {
        report(found.at, `number ${seq} comes again`);
        continue;
      }
      if (previous !== index.lastRead.check && !explained) report(found.at, `lines before number ${seq} are missing`);
      explained = false;
      addMark(segment, seq, found.offset);
      index.lastSeq = seq;
      index.lastRead = { seq, check };
    }
  }
  segment.lastSeq = index.lastSeq;
  index.segments.push(segment);
}
