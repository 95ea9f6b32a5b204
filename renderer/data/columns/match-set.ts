import type { ColumnTable } from './column-table.ts';
import type { RowFilter } from './filter.ts';

/** More changed rows than this share of a table are looked at faster all together. */
const fewRows = 0.25;

/**
 * The rows a filter matches, kept while rows change: a list, a count or a facet that was asked for before costs what
 * it shows, not what there is.
 */
export class MatchSet {
  readonly #table: ColumnTable;
  readonly #filter: RowFilter;
  #matches = new Uint8Array(0);
  #total = 0;

  constructor(table: ColumnTable, filter: RowFilter) {
    this.#table = table;
    this.#filter = filter;
    this.#fill();
  }

  /** How many rows match. */
  get total(): number {
    return this.#total;
  }

  /** By row, 1 for a match; valid until the next change. */
  get matches(): Uint8Array {
    return this.#matches;
  }

  /** Must hear of every row that changed or came. */
  changed(rows: readonly number[]): void {
    if (rows.length > this.#table.size * fewRows || this.#table.size > this.#matches.length) {
      this.#fill();
      return;
    }
    for (const row of rows) {
      const match = Number(this.#filter.test(row));
      this.#total += match - (this.#matches[row] ?? 0);
      this.#matches[row] = match;
    }
  }

  #fill(): void {
    const { size } = this.#table;
    if (this.#matches.length < size) this.#matches = new Uint8Array(Math.max(256, Math.ceil(size * 1.25)));
    this.#matches.fill(1, 0, size).fill(0, size);
    this.#filter.narrow(this.#matches, size);
    let total = 0;
    for (let row = 0; row < size; row += 1) total += this.#matches[row] ?? 0;
    this.#total = total;
  }
}
