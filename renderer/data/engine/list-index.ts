import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import type { Condition, Facet, ListQuery, ListResult, Row, Sort } from '../data-api.ts';
import type { AnyColumn } from '../columns/column.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import { compileConditions, compileSearch, filterByTest } from '../columns/filter.ts';
import type { RowFilter, RowTest } from '../columns/filter.ts';
import { foldText } from '../../../shared/fold-text.ts';
import { MatchSet } from '../columns/match-set.ts';
import { Order } from '../columns/order.ts';
import { sortBy } from '../columns/row-sort.ts';
import type { ListWish } from '../search/list-search.ts';
import type { Tables } from '../storage/tables.ts';

const keptOrders = 12;
/** A byte a row each: at 100,000 rows 6 MB. */
const keptMatches = 64;

interface ShownField {
  readonly name: string;
  readonly column: AnyColumn;
  /** Kind of record it refers to. */
  readonly to: string | null;
}

/** Answers lists, counts and facets from the columns alone (D15): no body is read, nothing waits for IndexedDB. */
export class ListIndex {
  readonly #tables: Tables;
  readonly #acknowledgedSeq: () => number;
  readonly #orders = new Map<
    string,
    { readonly table: ColumnTable; readonly sort: readonly Sort[]; readonly order: Order }
  >();
  readonly #matches = new Map<
    string,
    { readonly table: ColumnTable; readonly search: boolean; readonly set: MatchSet }
  >();
  readonly #fields = new Map<ColumnTable, readonly ShownField[]>();
  readonly #haystacks = new Map<EntityKind, (string | undefined)[]>();

  readonly #wishOf: (table: ColumnTable, text: string) => ListWish;

  /** `wishOf` reads what was typed over a list; without it, all of it is words that columns hold. */
  constructor(
    tables: Tables,
    acknowledgedSeq: () => number,
    wishOf: (table: ColumnTable, text: string) => ListWish = plainWords,
  ) {
    this.#tables = tables;
    this.#wishOf = wishOf;
    this.#acknowledgedSeq = acknowledgedSeq;
  }

  /** Whether a row of the kind is in the result of a query. */
  test(entity: EntityKind, where: readonly Condition[], search: string): RowTest {
    return this.#filter(this.#tables.of(entity), where, search, this.#acknowledgedSeq).test;
  }

  #filter(table: ColumnTable, where: readonly Condition[], search: string, acknowledgedSeq: () => number): RowFilter {
    const wish = this.#wishOf(table, search);
    if (wish.where === null) return filterByTest(() => false);
    const matches = compileConditions(table, [...where, ...wish.where], acknowledgedSeq);
    const inColumns = compileSearch(wish.words, (row) => this.#haystack(table, row));
    const { hasWords, isPlain } = wish;
    const found = hasWords && isPlain && inColumns ? either(inColumns, hasWords) : (hasWords ?? inColumns);
    if (!found) return matches;
    const searched = filterByTest(found);
    return {
      test: (row) => matches.test(row) && found(row),
      // The search reads texts: only what is left of the conditions.
      narrow: (rows, size) => {
        matches.narrow(rows, size);
        searched.narrow(rows, size);
      },
    };
  }

  #matchSet(table: ColumnTable, where: readonly Condition[], search: string): MatchSet {
    // What waits for the network changes without a row: such a set is of one acknowledged number.
    const acknowledged = this.#acknowledgedSeq();
    const pending = where.some((condition) => condition.field === '$pending') ? acknowledged : null;
    const key = JSON.stringify([table.kind, where, search, String(pending)]);
    const kept = this.#matches.get(key);
    if (kept) {
      this.#matches.delete(key);
      this.#matches.set(key, kept);
      return kept.set;
    }
    const set = new MatchSet(
      table,
      this.#filter(table, where, search, () => acknowledged),
    );
    this.#matches.set(key, { table, search: search !== '', set });
    const oldest = this.#matches.keys().next();
    if (this.#matches.size > keptMatches && oldest.done !== true) this.#matches.delete(oldest.value);
    return set;
  }

  list(query: ListQuery): ListResult {
    const table = this.#tables.of(query.entity);
    const { matches, total } = this.#matchSet(table, query.where, query.search);
    const rows: Row[] = [];
    const last = Math.min(total, query.offset + query.limit);
    let position = 0;
    for (const row of this.#order(table, query.sort).rows()) {
      if (position >= last) break;
      if (matches[row] !== 1) continue;
      if (position >= query.offset) rows.push(this.row(table, row));
      position += 1;
    }
    return { total, offset: query.offset, rows };
  }

  /** Ids of the whole result, in its order: what an export goes through while rows come and go. */
  idsOf(query: Pick<ListQuery, 'entity' | 'where' | 'search' | 'sort'>): readonly string[] {
    const table = this.#tables.of(query.entity);
    const { matches } = this.#matchSet(table, query.where, query.search);
    const ids: string[] = [];
    for (const row of this.#order(table, query.sort).rows()) if (matches[row] === 1) ids.push(table.idAt(row));
    return ids;
  }

  count(entity: EntityKind, where: readonly Condition[]): number {
    return this.#matchSet(this.#tables.of(entity), where, '').total;
  }

  facet(entity: EntityKind, field: string, where: readonly Condition[]): readonly Facet[] {
    const table = this.#tables.of(entity);
    const column = table.columns.get(field);
    const definition = table.typeOf(field);
    if (!column || !definition) throw new Error(`${entity} has no column ${field}`);
    const title = (value: string | null): string =>
      value === null ? '' : definition.type === 'reference' ? this.#tables.titleOf(definition.to, value) : value;
    return countValues(column, this.#matchSet(table, where, '').matches, table.size)
      .map(([value, count]) => ({ value, title: title(value), count }))
      .sort((left, right) => right.count - left.count || left.title.localeCompare(right.title));
  }

  row(table: ColumnTable, row: number): Row {
    const values: Record<string, FieldValue> = {};
    const titles: Record<string, string> = {};
    for (const { name, column, to } of this.#fieldsOf(table)) {
      const value = column.get(row);
      if (value === null) continue;
      values[name] = value;
      if (to !== null && typeof value === 'string') titles[name] = this.#tables.titleOf(to, value);
    }
    return {
      id: table.idAt(row),
      values,
      titles,
      updatedAt: table.updatedAt(row),
      pending: table.ownSeq(row) > this.#acknowledgedSeq(),
      conflict: table.isConflict(row),
    };
  }

  #fieldsOf(table: ColumnTable): readonly ShownField[] {
    let fields = this.#fields.get(table);
    if (!fields) {
      fields = [...table.columns].map(([name, column]) => {
        const definition = table.typeOf(name);
        return { name, column, to: definition?.type === 'reference' ? definition.to : null };
      });
      this.#fields.set(table, fields);
    }
    return fields;
  }

  /** The full-text index knows more than when searched lists were made. */
  searchChanged(): void {
    for (const [key, kept] of this.#matches) if (kept.search) this.#matches.delete(key);
  }

  /** Must hear of every change of a table: keeps orders and search texts in step. */
  changed(table: ColumnTable, rows: readonly number[], titlesChanged: boolean): void {
    for (const [key, kept] of this.#orders) {
      if (kept.table === table) kept.order.reposition(rows);
      else if (titlesChanged && kept.sort.some((sort) => refersTo(kept.table, sort.field, table.kind)))
        this.#orders.delete(key);
    }
    if (titlesChanged) {
      // Search texts hold the titles a record points to.
      this.#haystacks.clear();
      for (const [key, kept] of this.#matches) if (kept.search) this.#matches.delete(key);
    }
    const haystacks = this.#haystacks.get(table.kind);
    if (haystacks) for (const row of rows) haystacks[row] = undefined;
    for (const kept of this.#matches.values()) if (kept.table === table) kept.set.changed(rows);
  }

  #order(table: ColumnTable, sort: readonly Sort[]): Order {
    const key = `${table.kind} ${sort.map((one) => `${one.field} ${one.direction}`).join(', ')}`;
    const kept = this.#orders.get(key);
    if (kept) {
      this.#orders.delete(key);
      this.#orders.set(key, kept);
      return kept.order;
    }
    const order = new Order(
      table,
      sortBy(table, sort, (kind, id) => this.#tables.titleOf(kind, id)),
    );
    this.#orders.set(key, { table, sort, order });
    const oldest = this.#orders.keys().next();
    if (this.#orders.size > keptOrders && oldest.done !== true) this.#orders.delete(oldest.value);
    return order;
  }

  #haystack(table: ColumnTable, row: number): string {
    let haystacks = this.#haystacks.get(table.kind);
    if (!haystacks) {
      haystacks = [];
      this.#haystacks.set(table.kind, haystacks);
    }
    const known = haystacks[row];
    if (known !== undefined) return known;
    const texts: string[] = [];
    for (const [field, column] of table.columns) {
      const definition = table.definition.fields[field];
      if (!definition) continue;
      const value = column.get(row);
      if (typeof value !== 'string') continue;
      if (definition.type === 'reference') texts.push(this.#tables.titleOf(definition.to, value));
      else if (definition.searched === true) texts.push(value);
    }
    const haystack = foldText(texts.join(' '));
    haystacks[row] = haystack;
    return haystack;
  }
}

function plainWords(_table: ColumnTable, text: string): ListWish {
  return { where: [], words: text, hasWords: null, isPlain: true };
}

function either(one: RowTest, other: RowTest): RowTest {
  return (row) => one(row) || other(row);
}

function refersTo(table: ColumnTable, field: string, kind: string): boolean {
  const definition = table.definition.fields[field];
  return definition?.type === 'reference' && definition.to === kind;
}

/** How often each value of a column occurs among the rows that match. */
function countValues(
  column: AnyColumn,
  matches: Uint8Array,
  size: number,
): readonly (readonly [value: string | null, count: number])[] {
  if (column.layout === 'dictionary') {
    const codes = column.codes();
    const values = column.values();
    const counts = new Uint32Array(values.length + 1);
    for (let row = 0; row < size; row += 1) {
      const code = codes[row] ?? 0;
      counts[code] = (counts[code] ?? 0) + (matches[row] ?? 0);
    }
    return Array.from(counts, (count, code) => [code === 0 ? null : (values[code - 1] ?? null), count] as const).filter(
      ([, count]) => count > 0,
    );
  }
  const counts = new Map<string | null, number>();
  for (let row = 0; row < size; row += 1) {
    if (matches[row] !== 1) continue;
    const value = column.get(row);
    const key = value === null ? null : String(value);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts];
}
