import type { ParsedQuery } from '../../../shared/search/parse-query.ts';
import { parseQuery } from '../../../shared/search/parse-query.ts';
import { searchRecords } from '../../../shared/search/search-records.ts';
import type { Condition } from '../data-api.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import type { RowTest } from '../columns/filter.ts';
import { compileFilters, type FilterRoom } from './compile-filters.ts';
import { localDays } from './local-days.ts';
import { fieldWeights } from './record-texts.ts';
import type { RecordSearch } from './record-search.ts';

/** What was typed over a list of one kind: filters as conditions, and what is left of it as words. */
export interface ListWish {
  /** Null when no record of the kind can meet the filters. */
  readonly where: readonly Condition[] | null;
  /** Plain words, for the search of the columns. */
  readonly words: string;
  /** Whether the texts of a row have the words; null when none were typed. */
  readonly hasWords: RowTest | null;
  /** Whether what the columns say of the words counts, too: not for phrases and what is left out. */
  readonly isPlain: boolean;
}

/** Reads what was typed over a list in the filter language. `hasWords` follows the index as it changes. */
export function readListWish(table: ColumnTable, text: string, search: RecordSearch, room: FilterRoom): ListWish {
  const { wanted, filters } = parseQuery(text, localDays(room.now));
  const where = filters.length === 0 ? [] : (compileFilters(filters, room).byKind.get(table.kind) ?? null);
  const plain = wanted.filter((each) => !each.isPhrase && each.isExcluded !== true);
  return {
    where,
    words: plain.map((each) => each.text).join(' '),
    hasWords: wanted.length === 0 ? null : testOf(table, wanted, search),
    isPlain: plain.length === wanted.length,
  };
}

function testOf(table: ColumnTable, wanted: ParsedQuery['wanted'], search: RecordSearch): RowTest {
  let version = -1;
  let found: ReadonlySet<string> = new Set();
  const only = wanted.every((each) => each.isExcluded === true);
  const asked = only ? wanted.map((each) => ({ ...each, isExcluded: false })) : wanted;
  return (row) => {
    if (version !== search.index.version) {
      version = search.index.version;
      const { hits } = searchRecords(search.index, {
        wanted: asked,
        weights: fieldWeights,
        limit: Number.POSITIVE_INFINITY,
        accept: (id) => table.rowOf(id) !== undefined,
        isStrict: true,
      });
      found = new Set(hits.map(({ id }) => id));
    }
    return found.has(table.idAt(row)) !== only;
  };
}
