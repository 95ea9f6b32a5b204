import type { ColumnTable } from './column-table.ts';

/**
 * An order of rows. `compare` is for two rows; `keys` are numbers by row, one array for each column sorted by, that give
 * the same order, for sorting all of them: texts are compared once for each distinct value and not for each pair.
 */
export interface RowSort {
  readonly compare: RowComparator;
  readonly keys: () => readonly Float64Array[];
}

export type RowComparator = (left: number, right: number) => number;

/**
 * All rows of a table in one order, kept while rows change: a change costs one search and one move within typed
 * memory, so that a page of a sorted list never sorts. Rows without a value come last in either direction.
 */
export class Order {
  readonly #table: ColumnTable;
  readonly #compare: RowComparator;
  readonly #keys: () => readonly Float64Array[];
  #rows: Uint32Array;
  #length: number;

  constructor(table: ColumnTable, sort: RowSort) {
    this.#table = table;
    this.#compare = sort.compare;
    this.#keys = sort.keys;
    this.#length = 0;
    this.#rows = new Uint32Array(0);
    this.#rebuild();
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
    this.#rows = new Uint32Array(Math.max(256, Math.ceil(this.#length * 1.25)));
    for (let row = 0; row < this.#length; row += 1) this.#rows[row] = row;
    this.#rows.subarray(0, this.#length).sort(compareKeys(this.#keys()));
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

function compareKeys(keys: readonly Float64Array[]): RowComparator {
  const [first = new Float64Array(0), ...others] = keys;
  return (left, right) => {
    const order = (first[left] ?? 0) - (first[right] ?? 0);
    // Two rows without a value: infinity less infinity.
    if (order !== 0 && !Number.isNaN(order)) return order;
    for (const key of others) {
      const next = (key[left] ?? 0) - (key[right] ?? 0);
      if (next !== 0 && !Number.isNaN(next)) return next;
    }
    return left - right;
  };
}
