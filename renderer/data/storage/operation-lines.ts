import { operationSchema } from '../../../shared/sync/operation.ts';
import type { Operation } from '../../../shared/sync/operation.ts';
import type { LogRow } from './database.ts';

/** Operations in a bulk row: below 64 KB of text, above which Chromium stores a value as a blob of its own. */
export const operationsPerRow = 64;

export interface OperationLine {
  readonly operation: Operation;
  /** The operation as JSON on one line: written to log and journal as it is. */
  readonly text: string;
}

export function operationLine(operation: Operation): OperationLine {
  return { operation, text: JSON.stringify(operation) };
}

export function logRow(lines: readonly OperationLine[]): LogRow {
  return { lines: lines.map((line) => line.text).join('\n'), count: lines.length };
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
