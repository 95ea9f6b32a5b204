import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { Condition, Facet, ListQuery, ListResult, Row, Sort } from '../data-api.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import { compileConditions, compileSearch } from '../columns/filter.ts';
import type { RowTest } from '../columns/filter.ts';
import { foldText } from '../columns/fold-text.ts';
import { compareBy, Order } from '../columns/order.ts';
import type { Tables } from '../storage/tables.ts';

const keptOrders = 12;

/** Answers lists, counts and facets from the columns alone (D15): no body is read, nothing waits for IndexedDB. */
export class ListIndex {
  readonly #tables: Tables;
  readonly #acknowledgedSeq: () => number;
  readonly #orders = new Map<
    string,
    { readonly table: ColumnTable; readonly sort: readonly Sort[]; readonly order: Order }
  >();
  readonly #haystacks = new Map<EntityKind, (string | undefined)[]>();

  constructor(tables: Tables, acknowledgedSeq: () => number) {
    this.#tables = tables;
    this.#acknowledgedSeq = acknowledgedSeq;
  }

  /** Whether a row of the kind is in the result of a query. */
  test(entity: EntityKind, where: readonly Condition[], search: string): RowTest {
    const table = this.#tables.of(entity);
    const matches = compileConditions(table, where, this.#acknowledgedSeq);
    const found = compileSearch(search, (row) => this.#haystack(table, row));
    return found ? (row) => matches(row) && found(row) : matches;
  }

  list(query: ListQuery): ListResult {
    const table = this.#tables.of(query.entity);
    const test = this.test(query.entity, query.where, query.search);
    const rows: Row[] = [];
    let total = 0;
    for (const row of this.#order(table, query.sort).rows()) {
      if (!test(row)) continue;
      if (total >= query.offset && rows.length < query.limit) rows.push(this.row(table, row));
      total += 1;
    }
    return { total, offset: query.offset, rows };
  }

  /** Ids of the whole result, in its order: what an export goes through while rows come and go. */
  idsOf(query: Pick<ListQuery, 'entity' | 'where' | 'search' | 'sort'>): readonly string[] {
    const table = this.#tables.of(query.entity);
    const test = this.test(query.entity, query.where, query.search);
    const ids: string[] = [];
    for (const row of this.#order(table, query.sort).rows()) if (test(row)) ids.push(table.idAt(row));
    return ids;
  }

  count(entity: EntityKind, where: readonly Condition[]): number {
    const table = this.#tables.of(entity);
    const test = this.test(entity, where, '');
    let total = 0;
    for (let row = 0; row < table.size; row += 1) if (test(row)) total += 1;
    return total;
  }

  facet(entity: EntityKind, field: string, where: readonly Condition[]): readonly Facet[] {
    const table = this.#tables.of(entity);
    const column = table.columns.get(field);
    const definition = table.definition.fields[field];
    if (!column || !definition) throw new Error(`${entity} has no column ${field}`);
    const test = this.test(entity, where, '');
    const counts = new Map<string | null, number>();
    for (let row = 0; row < table.size; row += 1) {
      if (!test(row)) continue;
      const value = column.get(row);
      const key = value === null ? null : String(value);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const title = (value: string | null): string =>
      value === null ? '' : definition.type === 'reference' ? this.#tables.titleOf(definition.to, value) : value;
    return [...counts]
      .map(([value, count]) => ({ value, title: title(value), count }))
      .sort((left, right) => right.count - left.count || left.title.localeCompare(right.title));
  }

  row(table: ColumnTable, row: number): Row {
    const values = table.valuesAt(row);
    const titles: Record<string, string> = {};
    for (const [field, value] of Object.entries(values)) {
      const definition = table.definition.fields[field];
      if (definition?.type === 'reference' && typeof value === 'string')
        titles[field] = this.#tables.titleOf(definition.to, value);
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
      return;
    }
    const haystacks = this.#haystacks.get(table.kind);
    if (haystacks) for (const row of rows) haystacks[row] = undefined;
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
      compareBy(table, sort, (kind, id) => this.#tables.titleOf(kind, id)),
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

function refersTo(table: ColumnTable, field: string, kind: string): boolean {
  const definition = table.definition.fields[field];
  return definition?.type === 'reference' && definition.to === kind;
}
