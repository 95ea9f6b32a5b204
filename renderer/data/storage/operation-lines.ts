import { operationSchema } from '../../../shared/sync/operation.ts';
import type { Operation } from '../../../shared/sync/operation.ts';
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

export interface FilledRow {
  readonly key: number;
  readonly lines: readonly OperationLine[];
}

/** Fills log rows one after the other, each up to its size. */
export class LogFiller {
  readonly #rows: { readonly key: number; readonly lines: OperationLine[] }[] = [];
  readonly #firstKey: number;
  #characters = 0;

  constructor(firstKey: number) {
    this.#firstKey = firstKey;
  }

  get rows(): readonly FilledRow[] {
    return this.#rows;
  }

  /** Adds a line and returns the key of its row. */
  add(line: OperationLine): number {
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

/** The operations of a row; with `ids`, only those whose text names one of them: the others are not even parsed. */
export function logRowOperations(row: LogRow, ids?: readonly string[]): readonly Operation[] {
  const needles = ids?.map((id) => JSON.stringify(id));
  return row.lines.split('\n').flatMap((text, index) => {
    if (needles && !needles.some((needle) => text.includes(needle))) return [];
    return [parseOperation(text, `log row ${String(row.key)}, line ${index + 1}`)];
  });
}

/** Throws an error that names the place: a stored operation that does not parse is damage. */
export function parseOperation(text: string, where: string): Operation {
  const parsed = operationSchema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new Error(
      `${where} is not an operation: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    );
  return parsed.data;
}
