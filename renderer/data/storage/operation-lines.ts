import { z } from 'zod';
import type { Entry } from '../../../shared/sync/entry.ts';
import { excerptSchema, readOperation } from '../../../shared/sync/operation.ts';
import type { Operation } from '../../../shared/sync/operation.ts';
import { hashSchema } from '../../../shared/sync/protocol.ts';
import { voidingSchema } from '../../../shared/sync/voiding.ts';
import type { LogRow } from './database.ts';

/**
 * Most of a bulk row. Above 64 KB Chromium stores a value as a blob of its own, and a row with any character beyond
 * Latin-1 takes two bytes a character: rows of texts in every language stay below.
 */
const mostOperations = 64;
const mostCharacters = 30_000;

export interface OperationLine {
  readonly operation: Operation;
  /** The operation as JSON on one line: written to log and journal as it is. */
  readonly text: string;
}

type LogLine = Pick<OperationLine, 'text'>;

interface FilledRow {
  readonly key: number;
  readonly lines: readonly LogLine[];
}

/** An entry as the log keeps it: an operation as in the journal, anything else under the key that tells what it is. */
export function entryText(entry: Entry): string {
  if (entry.type === 'operation') return JSON.stringify(entry.operation);
  if (entry.type === 'voiding') return JSON.stringify({ voiding: entry.voiding });
  return JSON.stringify({ excerpt: entry.operation, hash: entry.hash });
}

/** Fills log rows one after the other, each up to its size. */
export class LogFiller {
  readonly #rows: { readonly key: number; readonly lines: LogLine[] }[] = [];
  readonly #firstKey: number;
  #characters = 0;

  constructor(firstKey: number) {
    this.#firstKey = firstKey;
  }

  get rows(): readonly FilledRow[] {
    return this.#rows;
  }

  /** Puts another text in the place of a line; false when no row has it. */
  replace(key: number, text: string, by: string): boolean {
    const row = this.#rows.find((each) => each.key === key);
    const at = row?.lines.findIndex((line) => line.text === text) ?? -1;
    if (!row || at < 0) return false;
    row.lines[at] = { text: by };
    return true;
  }

  /** Adds a line and returns the key of its row. */
  add(line: LogLine): number {
    let row = this.#rows.at(-1);
    const { length } = line.text;
    if (!row || row.lines.length >= mostOperations || this.#characters + length > mostCharacters) {
      row = { key: this.#firstKey + this.#rows.length, lines: [] };
      this.#rows.push(row);
      this.#characters = 0;
    }
    row.lines.push(line);
    this.#characters += length;
    return row.key;
  }
}

export function logRow({ key, lines }: FilledRow): LogRow & { readonly key: number } {
  return { key, lines: lines.map((line) => line.text).join('\n'), count: lines.length };
}

/**
 * The operations of a row, and what of others' came as an excerpt; with `ids`, only those whose text names one of them:
 * the others are not even parsed.
 */
export function logRowOperations(row: LogRow, ids?: readonly string[]): readonly Operation[] {
  const needles = ids?.map((id) => JSON.stringify(id));
  return row.lines.split('\n').flatMap((text, index) => {
    if (text === '') return [];
    if (needles && !needles.some((needle) => text.includes(needle))) return [];
    const entry = parseEntry(text, `log row ${String(row.key)}, line ${index + 1}`);
    return entry.type === 'voiding' ? [] : [entry.operation];
  });
}

/** Everything a row holds, in its order. A line that a fork took out is empty. */
export function logRowEntries(row: LogRow): readonly Entry[] {
  return row.lines.split('\n').map((text, index) => parseEntry(text, `log row ${String(row.key)}, line ${index + 1}`));
}

const markSchema = z.union([
  z.strictObject({ voiding: voidingSchema }),
  z.strictObject({ excerpt: excerptSchema, hash: hashSchema }),
]);

export function parseEntry(text: string, where: string): Entry {
  if (!text.startsWith('{"voiding"') && !text.startsWith('{"excerpt"'))
    return { type: 'operation', operation: parseOperation(text, where) };
  const parsed = markSchema.safeParse(JSON.parse(text));
  if (!parsed.success) throw notAn('entry', where, parsed.error);
  if ('voiding' in parsed.data) return { type: 'voiding', voiding: parsed.data.voiding };
  return { type: 'excerpt', operation: parsed.data.excerpt, hash: parsed.data.hash };
}

/** Throws an error that names the place: a stored operation that does not parse is damage. */
export function parseOperation(text: string, where: string): Operation {
  const parsed = readOperation(JSON.parse(text));
  if (!parsed.success) throw notAn('operation', where, parsed.error);
  return parsed.data;
}

function notAn(what: string, where: string, { issues }: z.ZodError): Error {
  const found = issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ');
  return new Error(`${where} is not an ${what}: ${found}`);
}
