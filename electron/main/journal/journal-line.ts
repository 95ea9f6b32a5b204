import { hash } from 'node:crypto';
import { deviceIdPattern } from '../../../shared/sync/device-id.ts';

/**
 * A line of a segment as JSON: `{"check":"…","previous":"…","seq":12,"text":"…"}`. `check` covers every byte after
 * itself, and `previous` is the check of the line before: a changed, dropped, moved or spliced line shows. `check`
 * comes first so that a line is verified without being parsed: a journal is verified whole at every start.
 */
export interface JournalLine {
  readonly seq: number;
  readonly previous: string;
  readonly check: string;
  /** The text, still as JSON. */
  readonly json: Buffer;
}

/** First line of a segment: whose operations these are, and which check the segment before ended with. */
export interface SegmentHeader {
  readonly device: string;
  readonly segment: number;
  readonly previous: string;
}

/** 96 bits of SHA-256: far beyond chance, short beside an operation. */
const checkLength = 24;

/** `previous` of the very first line of a journal. */
export const chainStart = '0'.repeat(checkLength);

const opening = '{"check":"';
const coveredFrom = opening.length + checkLength;
const entryHead = /^","previous":"([0-9a-f]{24})","seq":([1-9]\d{0,15}),"text":/;
const headerBody = /^","previous":"([0-9a-f]{24})","segment":([1-9]\d{0,7}),"device":"([^"]+)"\}$/;
const longestHead = 90;

export function formatLine(
  seq: number,
  text: string,
  previous: string,
): { readonly line: string; readonly check: string } {
  const covered = `","previous":"${previous}","seq":${seq},"text":${JSON.stringify(text)}}`;
  const check = checkOf(covered);
  return { line: `${opening}${check}${covered}\n`, check };
}

export function formatHeader({ device, segment, previous }: SegmentHeader): string {
  const covered = `","previous":"${previous}","segment":${segment},"device":"${device}"}`;
  return `${opening}${checkOf(covered)}${covered}\n`;
}

/** @returns null unless the bytes (without line break) are exactly one undamaged line */
export function parseLine(bytes: Buffer): JournalLine | null {
  const check = verify(bytes);
  if (check === null) return null;
  const head = entryHead.exec(bytes.toString('latin1', coveredFrom, coveredFrom + longestHead));
  const [all, previous, seq] = head ?? [];
  if (all === undefined || previous === undefined) return null;
  return { seq: Number(seq), previous, check, json: bytes.subarray(coveredFrom + all.length, -1) };
}

export function parseHeader(bytes: Buffer): SegmentHeader | null {
  if (verify(bytes) === null) return null;
  const [, previous, segment, device] = headerBody.exec(bytes.toString('latin1', coveredFrom)) ?? [];
  if (previous === undefined || device === undefined || !deviceIdPattern.test(device)) return null;
  return { device, segment: Number(segment), previous };
}

/** The text of a verified line. */
export function decodeText(line: JournalLine): string {
  return String(JSON.parse(line.json.toString('utf8')));
}

/**
 * Undamaged lines inside a damaged one: when a line break was lost, two lines run together. The opening cannot occur
 * inside a text, because quotes are escaped there.
 */
export function salvageLines(damaged: Buffer): readonly JournalLine[] {
  const found: JournalLine[] = [];
  let start = damaged.indexOf(opening);
  while (start !== -1) {
    const next = damaged.indexOf(opening, start + 1);
    const piece = damaged.subarray(start, next === -1 ? damaged.length : next);
    const line = parseLine(piece.subarray(0, piece.lastIndexOf('"}') + 2));
    if (line !== null) found.push(line);
    start = next;
  }
  return found;
}

/** @returns the check when it is the one of the bytes after it */
function verify(bytes: Buffer): string | null {
  if (bytes.length < coveredFrom || bytes.toString('latin1', 0, opening.length) !== opening) return null;
  const check = bytes.toString('latin1', opening.length, coveredFrom);
  return checkOf(bytes.subarray(coveredFrom)) === check ? check : null;
}

function checkOf(covered: string | Uint8Array): string {
  return hash('sha256', covered, 'hex').slice(0, checkLength);
}
