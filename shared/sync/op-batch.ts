import { type z } from 'zod';
import { fail, succeed, type Result } from '../result.ts';
import { dotOf, operationMaxBytes, readOperation, type Operation } from './operation.ts';

/**
 * Batches of operations as text: one JSON object a line (NDJSON). The same bytes make journal lines, folder segments
 * and request bodies (D9). Invariants: encoding then parsing gives the same operations; a batch is taken whole or not
 * at all; nothing that could mean different things to two replicas passes.
 */
export interface BadLine {
  readonly kind: 'bad-line';
  /** From 1. */
  readonly line: number;
  /** What was expected, and what was found. */
  readonly message: string;
}

export function encodeOperation(operation: Operation): string {
  return JSON.stringify(operation);
}

/** Lines end with a line feed, the last one too: a batch that does not was cut. */
export function parseBatch(text: string): Result<readonly Operation[], BadLine> {
  if (text === '') return succeed([]);
  const lines = text.split('\n');
  const rest = lines.pop();
  if (rest !== '') return bad(lines.length + 1, 'expected a line feed at the end; the batch was cut. Fetch it again');
  const operations: Operation[] = [];
  for (const [index, line] of lines.entries()) {
    const parsed = parseOperation(line, index + 1);
    if (!parsed.ok) return parsed;
    operations.push(parsed.value);
  }
  return succeed(operations);
}

/** Parses one line. `line` is its number, for the message. */
export function parseOperation(text: string, line = 1): Result<Operation, BadLine> {
  const bytes = utf8Length(text);
  if (bytes > operationMaxBytes)
    return bad(line, `expected at most ${operationMaxBytes} bytes, found ${bytes}. Put long text into an attachment`);
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return bad(line, `expected one JSON object, found ${JSON.stringify(text.slice(0, 40))}`);
  }
  const parsed = readOperation(raw);
  if (!parsed.success) return bad(line, `expected an operation; ${describe(parsed.error)}`);
  const ambiguity = findAmbiguity(parsed.data, text, raw);
  return ambiguity === undefined ? succeed(parsed.data) : bad(line, ambiguity);
}

/** What the schema cannot say: an operation writes a field of a record once, and never replaces itself or its future. */
function findAmbiguity(operation: Operation, text: string, raw: unknown): string | undefined {
  // A key of that name, however it is escaped; as a value it is text like any other.
  const suspicious = text.includes('__proto__') || text.includes('\\u');
  if (suspicious && JSON.stringify(raw).includes('"__proto__":')) return 'expected no key named __proto__';
  const written = new Set<string>();
  for (const { entity, id, fields, parents } of operation.writes) {
    for (const field of Object.keys(fields)) {
      const name = JSON.stringify([entity, id, field]);
      if (written.has(name)) return `expected ${dotOf(operation)} to write ${field} of ${id} once, found it twice`;
      written.add(name);
    }
    for (const [field, dots] of Object.entries(parents)) {
      if (!Object.hasOwn(fields, field))
        return `expected parents only for fields that are written, found them for ${field} of ${id}`;
      for (const dot of dots) {
        const cut = dot.lastIndexOf(':');
        if (dot.slice(0, cut) === operation.device && Number(dot.slice(cut + 1)) >= operation.seq)
          return `expected ${dotOf(operation)} to replace only what came before, found ${dot}`;
      }
    }
  }
  return undefined;
}

function describe(error: z.ZodError): string {
  const issue = error.issues[0];
  return issue === undefined ? 'found something else' : `at ${issue.path.join('.') || 'the top'}: ${issue.message}`;
}

function bad(line: number, message: string): Result<never, BadLine> {
  return fail({ kind: 'bad-line', line, message: `Line ${line}: ${message}.` });
}

/** Bytes of a text in UTF-8; a lone surrogate counts as the replacement character it is sent as. */
function utf8Length(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.codePointAt(index) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (code >= 0x10000) index += 1;
  }
  return bytes;
}
