import type { BodyStore } from '../storage/body-store.ts';
import type { Tables } from '../storage/tables.ts';
import { KnownErrorIndex } from './known-error-index.ts';

/** What problem management reads besides columns; nothing here is the truth. */
export interface ProblemIndexes {
  readonly knownErrors: KnownErrorIndex;
}

export interface ProblemIndexParts {
  readonly tables: Tables;
  readonly store: () => BodyStore;
}

export function createProblemIndexes({ tables, store }: ProblemIndexParts): ProblemIndexes {
  return { knownErrors: new KnownErrorIndex(tables, store) };
}
