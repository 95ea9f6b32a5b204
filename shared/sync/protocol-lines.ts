import { z } from 'zod';
import { fail, succeed, type Result } from '../result.ts';
import { chainAttestationSchema, type ChainAttestation } from './chain-proof.ts';
import type { Entry } from './entry.ts';
import { encodeOperation, parseOperation, type BadLine } from './op-batch.ts';
import { excerptSchema, operationSchema, type Operation } from './operation.ts';
import {
  hashSchema,
  jsonDepth,
  positionSchema,
  protocolLimits,
  signatureSchema,
  versionVectorSchema,
} from './protocol.ts';
import type { VersionVector } from './record-state.ts';
import { isPlainOperation } from './plain-shape.ts';
import { readSentRecord, sentRecordSchema, type SentRecord } from './sent-record.ts';
import { voidingSchema } from './voiding.ts';

/**
 * Lines of the two NDJSON bodies. An operation to push is the line it is in the journal and in a folder segment (D9);
 * everything else is an object with one telling key. A body without a line feed at its end was cut.
 */
export type PushLine =
  | { readonly type: 'entry'; readonly entry: Entry; readonly seal: string | null }
  | { readonly type: 'attestation'; readonly attestation: ChainAttestation };

export function encodePushLine(line: PushLine): string {
  if (line.type === 'attestation') return `${JSON.stringify({ attestation: line.attestation })}\n`;
  if (line.entry.type === 'operation') return `${encodeOperation(line.entry.operation)}\n`;
  if (line.entry.type === 'excerpt') throw new Error('an excerpt is not whole and cannot be pushed');
  const { voiding } = line.entry;
  return `${JSON.stringify(line.seal === null ? { voiding } : { voiding, seal: line.seal })}\n`;
}

const markSchema = z.union([
  z.strictObject({ attestation: chainAttestationSchema }),
  z.strictObject({ voiding: voidingSchema, seal: signatureSchema.exactOptional() }),
]);

/** Parses a push, whole or not at all. Says the line (from 1), what was expected and what was found. */
export function parsePush(text: string): Result<readonly PushLine[], BadLine> {
  const lines = splitLines(text);
  if (!lines.ok) return lines;
  const parsed: PushLine[] = [];
  for (const [index, line] of lines.value.entries()) {
    const each = parsePushLine(line, index + 1);
    if (!each.ok) return each;
    parsed.push(each.value);
  }
  return succeed(parsed);
}

function parsePushLine(text: string, line: number): Result<PushLine, BadLine> {
  if (jsonDepth(text, protocolLimits.jsonDepth) > protocolLimits.jsonDepth)
    return bad(line, `expected at most ${protocolLimits.jsonDepth} levels of nesting`);
  if (!/^\s*\{\s*"(voiding|attestation|seal)"/.test(text)) {
    const operation = parseOperation(text, line);
    return operation.ok
      ? succeed({ type: 'entry', entry: { type: 'operation', operation: operation.value }, seal: null })
      : operation;
  }
  const mark = parseLine(text, line, (raw) => markSchema.safeParse(raw));
  if (!mark.ok) return mark;
  if ('attestation' in mark.value) return succeed({ type: 'attestation', attestation: mark.value.attestation });
  return succeed({
    type: 'entry',
    entry: { type: 'voiding', voiding: mark.value.voiding },
    seal: mark.value.seal ?? null,
  });
}

/** One entry of the log as it is pulled. */
export interface PulledEntry {
  readonly position: number;
  /** When the endpoint admitted it, in ms of its clock. */
  readonly receivedAt: number;
  readonly entry: Entry;
  /** The endpoint's signature on a refusal: to be kept with it and pushed with it. */
  readonly seal: string | null;
}

/** The last line of every page. */
export interface PageEnd {
  readonly epoch: string;
  /** Position before the first entry of the page, and of its last entry. */
  readonly from: number;
  readonly to: number;
  readonly head: number;
  /** What the states in `enter` have applied, all of it: a record on which something waits for an upgrade is not sent. */
  readonly held: VersionVector;
  readonly scope: string;
  /** Newest proof of each chain in the page, to be kept for when another endpoint needs it. */
  readonly attestations: readonly ChainAttestation[];
}

export interface PullPage {
  readonly entries: readonly PulledEntry[];
  /** Records that came into view: stand on this state, which has applied `end.held`. */
  readonly enter: readonly SentRecord[];
  /** Records that went out of view: forget them, except for what was not pushed yet. */
  readonly leave: readonly { readonly entity: string; readonly id: string }[];
  readonly end: PageEnd;
}

/** What a newer endpoint says besides is passed over, in these marks; never within an operation, whose hash depends on all of it. */
export const pageEndSchema: z.ZodType<PageEnd> = z.object({
  epoch: z.string(),
  from: positionSchema,
  to: positionSchema,
  head: positionSchema,
  held: versionVectorSchema,
  scope: z.string(),
  attestations: z.array(chainAttestationSchema),
});

const place = { position: positionSchema, receivedAt: z.int() };
const pullPlaceSchema = z.object(place);
const pullLineSchema = z.union([
  z.object({ ...place, operation: operationSchema }),
  z.object({ ...place, excerpt: excerptSchema, hash: hashSchema }),
  z.object({ ...place, voiding: voidingSchema, seal: signatureSchema.nullable() }),
  z.object({ enter: sentRecordSchema }),
  z.object({ leave: z.object({ entity: z.string(), id: z.string() }) }),
  z.object({ end: pageEndSchema }),
]);

/** Nearly all lines are whole operations. */
function readPullLine(raw: unknown): z.ZodSafeParseResult<z.infer<typeof pullLineSchema>> {
  if (typeof raw === 'object' && raw !== null && 'operation' in raw && isPlainOperation(raw.operation)) {
    const head = pullPlaceSchema.safeParse(raw);
    if (head.success) return { success: true, data: { ...head.data, operation: raw.operation as Operation } };
  }
  return pullLineSchema.safeParse(raw);
}

export function parsePullPage(text: string): Result<PullPage, BadLine> {
  const lines = splitLines(text);
  if (!lines.ok) return lines;
  const entries: PulledEntry[] = [];
  const enter: SentRecord[] = [];
  const leave: { entity: string; id: string }[] = [];
  let end: PageEnd | undefined;
  for (const [index, line] of lines.value.entries()) {
    const parsed = parseLine(line, index + 1, readPullLine);
    if (!parsed.ok) return parsed;
    const { value } = parsed;
    if ('end' in value) end = value.end;
    else if ('enter' in value) enter.push(value.enter);
    else if ('leave' in value) leave.push(value.leave);
    else entries.push(asPulledEntry(value));
  }
  if (end === undefined) return bad(lines.value.length + 1, 'expected the end of the page; it was cut. Fetch it again');
  return succeed({ entries, enter, leave, end });
}

/** The records of one part of a snapshot, unzipped. */
export function parseSnapshotPart(text: string): Result<readonly SentRecord[], BadLine> {
  const lines = splitLines(text);
  if (!lines.ok) return lines;
  const states: SentRecord[] = [];
  for (const [index, line] of lines.value.entries()) {
    const state = parseLine(line, index + 1, readSentRecord);
    if (!state.ok) return state;
    states.push(state.value);
  }
  return succeed(states);
}

type EntryLine = Exclude<z.infer<typeof pullLineSchema>, { enter: unknown } | { leave: unknown } | { end: unknown }>;

function asPulledEntry(line: EntryLine): PulledEntry {
  const { position, receivedAt } = line;
  if ('operation' in line)
    return { position, receivedAt, entry: { type: 'operation', operation: line.operation }, seal: null };
  if ('voiding' in line)
    return { position, receivedAt, entry: { type: 'voiding', voiding: line.voiding }, seal: line.seal };
  return { position, receivedAt, entry: { type: 'excerpt', operation: line.excerpt, hash: line.hash }, seal: null };
}

function splitLines(text: string): Result<readonly string[], BadLine> {
  if (text === '') return succeed([]);
  const lines = text.split('\n');
  return lines.pop() === ''
    ? succeed(lines)
    : bad(lines.length + 1, 'expected a line feed at the end; the body was cut. Send it again');
}

function parseLine<Value>(
  text: string,
  line: number,
  read: (raw: unknown) => z.ZodSafeParseResult<Value>,
): Result<Value, BadLine> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return bad(line, `expected one JSON object, found ${JSON.stringify(text.slice(0, 40))}`);
  }
  const parsed = read(raw);
  if (parsed.success) return succeed(parsed.data);
  const [issue] = parsed.error.issues;
  return bad(line, `found something else at ${issue?.path.join('.') || 'the top'}: ${issue?.message ?? ''}`);
}

function bad(line: number, message: string): Result<never, BadLine> {
  return fail({ kind: 'bad-line', line, message: `Line ${line}: ${message}.` });
}
