import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { QueryCompletion } from '../../../shared/search/complete-query.ts';
import type { QueryFault } from '../../../shared/search/parse-query.ts';
import type { Row } from '../data-api.ts';

/** Records of every kind for what was typed, in the filter language, best first. Live. */
export interface SearchQuery {
  readonly type: 'search';
  readonly text: string;
  /** Kinds wanted. */
  readonly kinds: readonly EntityKind[];
  readonly limit: number;
}

/** Places to mark in a text (UTF-16 units), ascending, not overlapping. */
export type TextMarks = readonly (readonly [start: number, end: number])[];

export interface FoundRecord {
  readonly entity: EntityKind;
  readonly row: Row;
  readonly title: string;
  readonly titleMarks: TextMarks;
  /** Where in its texts the words stand; null when the title says it all. */
  readonly snippet: { readonly text: string; readonly marks: TextMarks } | null;
}

export interface SearchView {
  readonly found: readonly FoundRecord[];
  readonly total: number;
  /** What was given up to find anything, see SearchAnswer. */
  readonly loosened: 'none' | 'typos' | 'some-words';
  readonly faults: readonly QueryFault[];
  readonly completions: readonly QueryCompletion[];
  /** Whether all records are in the index; until then titles and columns are searched. */
  readonly isWhole: boolean;
}
