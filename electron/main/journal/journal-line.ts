import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { JournalEntry } from '../../../shared/desktop-api.ts';
import { deviceIdPattern } from '../../../shared/sync/device-id.ts';

/**
 * One line of a journal segment. `check` covers `previous`, the number and the text, and `previous` is the check of
 * the line before: a changed, dropped, moved or spliced line shows.
 */
export interface JournalLine extends JournalEntry {
  readonly previous: string;
  readonly check: string;
}

/** First line of a segment: whose operations these are, and which check the segment before ended with. */
export interface SegmentHeader {
  readonly journal: 1;
  readonly device: string;
  readonly segment: number;
  readonly previous: string;
  readonly check: string;
}

/** `previous` of the very first line of a journal. */
export const chainStart = '0'.repeat(24);

const hash = z.string().regex(/^[0-9a-f]{24}$/);
const lineShape = z.strictObject({ seq: z.int().positive(), previous: hash, check: hash, text: z.string() });
const headerShape = z.strictObject({
  journal: z.literal(1),
  device: z.string().regex(deviceIdPattern),
  segment: z.int().positive(),
  previous: hash,
  check: hash,
});

/** 96 bits of SHA-256: far beyond chance, short beside an operation. */
function checkOf(previous: string, about: string, text: string): string {
  return createHash('sha256').update(`${previous}\n${about}\n${text}`).digest('hex').slice(0, 24);
}

export function formatLine(
  { seq, text }: JournalEntry,
  previous: string,
): { readonly line: string; readonly check: string } {
  const check = checkOf(previous, String(seq), text);
  return { line: `{"seq":${seq},"previous":"${previous}","check":"${check}","text":${JSON.stringify(text)}}\n`, check };
}

export function formatHeader(device: string, segment: number, previous: string): string {
  const check = checkOf(previous, `segment ${segment}`, device);
  return `${JSON.stringify({ journal: 1, device, segment, previous, check } satisfies SegmentHeader)}\n`;
}

/** @returns null unless the text is exactly one undamaged line */
export function parseLine(text: string): JournalLine | null {
  const line = lineShape.safeParse(parseJson(text));
  if (!line.success) return null;
  return checkOf(line.data.previous, String(line.data.seq), line.data.text) === line.data.check ? line.data : null;
}

export function parseHeader(text: string): SegmentHeader | null {
  const header = headerShape.safeParse(parseJson(text));
  if (!header.success) return null;
  const { previous, segment, device, check } = header.data;
  return checkOf(previous, `segment ${segment}`, device) === check ? header.data : null;
}

/**
 * Undamaged lines inside a damaged one: when a line break was lost, two lines run together. The mark cannot occur
 * inside a text, because its quotes are escaped there.
 */
export function salvageLines(damaged: string): readonly JournalLine[] {
  return damaged
    .split('{"seq":')
    .slice(1)
    .map((rest) => parseLine(`{"seq":${rest.slice(0, rest.lastIndexOf('"}') + 2)}`))
    .filter((line) => line !== null);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
