import type { Sort } from '../data-api.ts';
import type { AnyColumn, DictionaryColumn } from './column.ts';
import type { ColumnTable } from './column-table.ts';
import type { RowComparator, RowSort } from './order.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

type SortKey = string | number;

/** Sorts rows by several columns; equal rows keep the order in which they came to this device. */
export function sortBy(
  table: ColumnTable,
  sort: readonly Sort[],
  titleOf: (kind: string, id: string) => string,
): RowSort {
  const parts = sort.map((one) => sortByOne(table, one, titleOf));
  return {
    compare: (left, right) => {
      for (const { compare } of parts) {
        const order = compare(left, right);
        if (order !== 0) return order;
      }
      return left - right;
    },
    keys: () => parts.map(({ keys }) => keys()),
  };
}

interface OneSort {
  readonly compare: RowComparator;
  readonly keys: () => Float64Array;
}

function sortByOne(table: ColumnTable, sort: Sort, titleOf: (kind: string, id: string) => string): OneSort {
  const sign = sort.direction === 'ascending' ? 1 : -1;
  if (sort.field === '$updatedAt') return sortByNumber(table, sign, (row) => table.updatedAt(row));
  const column = table.columns.get(sort.field);
  const definition = table.typeOf(sort.field);
  if (!column || !definition) throw new Error(`${table.kind} has no column ${sort.field} to sort by`);
  if (column.layout === 'number') return sortByNumber(table, sign, column.numberAt);
  // Choices sort as they are declared (priority 1 before 2, new before closed), references by title.
  const choices = definition.type === 'choice' ? definition.choices : null;
  const keyOf = (value: string): SortKey =>
    choices ? choices.indexOf(value) : definition.type === 'reference' ? titleOf(definition.to, value) : value;
  const keyAt = (row: number): SortKey | null => {
    const value = column.get(row);
    return value === null ? null : keyOf(String(value));
  };
  return {
    compare: (left, right) => {
      const a = keyAt(left);
      const b = keyAt(right);
      if (a === null || b === null) return Number(a === null) - Number(b === null);
      return sign * compareSortKeys(a, b);
    },
    keys: () => (column.layout === 'dictionary' ? codeKeys(table, column, keyOf, sign) : textKeys(table, column, sign)),
  };
}

function compareSortKeys(left: SortKey, right: SortKey): number {
  return typeof left === 'number' && typeof right === 'number'
    ? left - right
    : collator.compare(String(left), String(right));
}

/** Rows without a value come last in either direction. */
function sortByNumber(table: ColumnTable, sign: number, numberAt: (row: number) => number): OneSort {
  const keyAt = (row: number): number => {
    const value = numberAt(row);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value;
  };
  return {
    compare: (left, right) => {
      const order = keyAt(left) - keyAt(right);
      return Number.isNaN(order) ? 0 : order;
    },
    keys: () => Float64Array.from({ length: table.size }, (_, row) => keyAt(row)),
  };
}

/** Each distinct value is compared once: a column of a hundred thousand rows has a few hundred. */
function codeKeys(
  table: ColumnTable,
  column: DictionaryColumn,
  keyOf: (value: string) => SortKey,
  sign: number,
): Float64Array {
  const keys = column.values().map(keyOf);
  const ranks = new Float64Array(keys.length + 1);
  ranks[0] = Number.POSITIVE_INFINITY;
  rank(
    keys.map((key, index) => ({ key, at: index + 1 })),
    sign,
    ranks,
  );
  return Float64Array.from({ length: table.size }, (_, row) => ranks[column.codeAt(row)] ?? 0);
}

function textKeys(table: ColumnTable, column: AnyColumn, sign: number): Float64Array {
  const ranks = new Float64Array(table.size).fill(Number.POSITIVE_INFINITY);
  const keyed: { readonly key: SortKey; readonly at: number }[] = [];
  for (let row = 0; row < table.size; row += 1) {
    const value = column.get(row);
    if (value !== null) keyed.push({ key: String(value), at: row });
  }
  rank(keyed, sign, ranks);
  return ranks;
}

/** Writes the rank of each key at its place; keys that compare as equal have the same. */
function rank(
  keyed: readonly { readonly key: SortKey; readonly at: number }[],
  sign: number,
  ranks: Float64Array,
): void {
  let before: SortKey | undefined;
  let place = 0;
  for (const { key, at } of keyed.toSorted((left, right) => sign * compareSortKeys(left.key, right.key))) {
    if (before !== undefined && compareSortKeys(before, key) !== 0) place += 1;
    ranks[at] = place;
    before = key;
  }
}
