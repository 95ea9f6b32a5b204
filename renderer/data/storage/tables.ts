import { entities } from '../../../shared/domain/entities.ts';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import { ColumnTable } from '../columns/column-table.ts';
import type { SavedTable } from '../columns/column-table.ts';

export interface Place {
  readonly table: ColumnTable;
  readonly row: number;
}

/** The kinds that have rows of their own; entries of a log are stored with their record. */
export const recordKinds: readonly EntityKind[] = (Object.keys(entities) as EntityKind[]).filter(
  (kind) => !('partOf' in entities[kind]),
);

/** The columns of all kinds. */
export class Tables {
  readonly #tables = new Map<string, ColumnTable>();

  constructor(saved: ReadonlyMap<string, SavedTable> = new Map()) {
    for (const kind of recordKinds) this.#tables.set(kind, new ColumnTable(kind, saved.get(kind)));
  }

  of(kind: EntityKind): ColumnTable {
    const table = this.#tables.get(kind);
    if (!table) throw new Error(`${kind} has no rows of its own`);
    return table;
  }

  all(): Iterable<ColumnTable> {
    return this.#tables.values();
  }

  find(id: string): Place | undefined {
    for (const table of this.#tables.values()) {
      const row = table.rowOf(id);
      if (row !== undefined) return { table, row };
    }
    return undefined;
  }

  /** Title of a record, or its id while the record itself has not arrived. */
  titleOf(kind: string, id: string): string {
    return this.#tables.get(kind)?.titleOf(id) ?? id;
  }
}
