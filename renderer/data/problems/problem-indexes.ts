import { KnownErrorIndex } from './known-error-index.ts';
import { RecurrenceIndex, type RecurrenceParts } from './recurrence-index.ts';

/** What problem management reads besides columns; nothing here is the truth. */
export interface ProblemIndexes {
  readonly knownErrors: KnownErrorIndex;
  readonly recurrences: RecurrenceIndex;
}

export function createProblemIndexes(parts: RecurrenceParts): ProblemIndexes {
  return { knownErrors: new KnownErrorIndex(parts.tables, parts.store), recurrences: new RecurrenceIndex(parts) };
}
