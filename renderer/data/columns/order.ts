import type { Sort } from '../data-api.ts';
import type { AnyColumn } from './column.ts';
import type { ColumnTable } from './column-table.ts';

export type RowComparator = (left: number, right: number) => number;

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/**
 * All rows of a table in one order, kept while rows change: a change costs one search and one move within typed
 * memory, so that a page of a sorted list never sorts. Rows without a value come last in either direction.
 */
export class Order {
  readonly #table: ColumnTable;
  readonly #compare: RowComparator;
  #rows: Uint32Array;
  #length: number;

  constructor(table: ColumnTable, compare: RowComparator) {
    this.#table = table;
    this.#compare = compare;
    this.#length = table.size;
    this.#rows = Uint32Array.from({ length: Math.max(256, this.#length) }, (_, row) => row);
    this.#rows.subarray(0, this.#length).sort(compare);
  }

  /** The rows in order; valid until the next change. */
  rows(): Uint32Array {
    return this.#rows.subarray(0, this.#length);
  }

  /** Puts the rows of changed records where they belong now. */
  reposition(changed: readonly number[]): void {
    if (changed.length > 64) {
      this.#rebuild();
      return;
    }
    for (const row of changed) this.#remove(row);
    for (const row of changed) this.#insert(row);
  }

  #rebuild(): void {
    this.#length = this.#table.size;
    this.#rows = Uint32Array.from({ length: Math.max(256, Math.ceil(this.#length * 1.25)) }, (_, row) => row);
    this.#rows.subarray(0, this.#length).sort(this.#compare);
  }

  #remove(row: number): void {
    const at = this.rows().indexOf(row);
    if (at < 0) return;
    this.#rows.copyWithin(at, at + 1, this.#length);
    this.#length -= 1;
  }

  #insert(row: number): void {
    if (this.#length === this.#rows.length) {
      const larger = new Uint32Array(this.#rows.length * 2);
      larger.set(this.#rows);
      this.#rows = larger;
    }
    let low = 0;
    let high = this.#length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.#rows[middle] ?? 0, row) < 0) low = middle + 1;
      else high = middle;
    }
    this.#rows.copyWithin(low + 1, low, this.#length);
    this.#rows[low] = row;
    this.#length += 1;
  }
}

/** Compares rows by several columns; equal rows keep the order in which they came to this device. */
export function compareBy(
  table: ColumnTable,
  sort: readonly Sort[],
  titleOf: (kind: string, id: string) => string,
): RowComparator {
  const comparators = sort.map((one) => compareByOne(table, one, titleOf));
  return (left, right) => {
    for (const compare of comparators) {
      const order = compare(left, right);
      if (order !== 0) return order;
    }
    return left - right;
  };
}

function compareByOne(table: ColumnTable, sort: Sort, titleOf: (kind: string, id: string) => string): RowComparator {
  const sign = sort.direction === 'ascending' ? 1 : -1;
  if (sort.field === '$updatedAt') return (left, right) => sign * (table.updatedAt(left) - table.updatedAt(right));
  const column = table.columns.get(sort.field);
  const definition = table.definition.fields[sort.field];
  if (!column || !definition) throw new Error(`${table.kind} has no column ${sort.field} to sort by`);
  if (column.layout === 'number') {
    return (left, right) =>
      nullsLast(Number.isNaN(column.numberAt(left)), Number.isNaN(column.numberAt(right))) ??
      sign * (column.numberAt(left) - column.numberAt(right));
  }
  const key = keyReader(
    column,
    definition.type === 'reference' ? (id): string => titleOf(definition.to, id) : null,
    definition.type === 'choice' ? definition.choices : null,
  );
  return (left, right) => {
    const a = key(left);
    const b = key(right);
    return (
      nullsLast(a === null, b === null) ??
      sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)))
    );
  };
}

/** Choices sort as they are declared (priority 1 before 2, new before closed), references by title. */
function keyReader(
  column: AnyColumn,
  title: ((id: string) => string) | null,
  choices: readonly string[] | null,
): (row: number) => string | number | null {
  return (row) => {
    const value = column.get(row);
    if (value === null) return null;
    if (choices) return choices.indexOf(String(value));
    return title ? title(String(value)) : String(value);
  };
}

function nullsLast(left: boolean, right: boolean): number | undefined {
  if (left && right) return 0;
  if (left) return 1;
  return right ? -1 : undefined;
}
