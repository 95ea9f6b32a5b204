import type { ColumnTable } from '../columns/column-table.ts';
import type { SpaceState } from '../engine/space-state.ts';
import { decisionsByChange, standingAt } from './change-decisions.ts';

/**
 * Keeps the column `phase` of changes: where each is with its approvals counted in. Computed when a change or one of its
 * approvals arrives, from wherever; nothing here is the truth.
 */
export class ChangePhases {
  readonly #state: SpaceState;
  readonly #changes: ColumnTable;

  constructor(state: SpaceState) {
    this.#state = state;
    this.#changes = state.tables.of('change');
  }

  deriveAll(): void {
    this.#derive(Array.from({ length: this.#changes.size }, (_, row) => row));
  }

  /** Rows of a table have their new values. Comes before lists and watches hear. */
  take(table: ColumnTable, rows: readonly number[]): void {
    if (table === this.#changes) this.#derive(rows);
    else if (table.kind === 'approval') this.#followApprovals(table, rows);
  }

  #followApprovals(approvals: ColumnTable, rows: readonly number[]): void {
    const change = approvals.columns.get('change');
    const ids = [...new Set(rows.map((row) => String(change?.get(row))))];
    // An approval may come before the change it is about: that computes its phase when it arrives.
    const found = ids.flatMap((id) => this.#changes.rowOf(id) ?? []);
    const { watches, lists } = this.#state;
    watches.beforeChange(this.#changes, ids);
    this.#derive(found);
    lists.changed(this.#changes, found, false);
    watches.afterChange(this.#changes, ids);
  }

  #derive(rows: readonly number[]): void {
    if (rows.length === 0) return;
    const decisions = decisionsByChange(this.#state.tables);
    for (const row of rows) {
      const { phase } = standingAt(this.#state.tables, row, decisions.get(this.#changes.idAt(row)) ?? []);
      this.#changes.derive(row, { phase: phase ?? null });
    }
  }
}
