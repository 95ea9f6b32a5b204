import { nextStageChange, stageAt, type TargetStage } from '../../../shared/domain/service-level/target-stage.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import type { DictionaryColumn, NumberColumn } from '../columns/column.ts';

/** Calls back at an instant (ms), or soon after; a later call replaces an earlier one. */
export type Alarm = (at: number, run: () => void) => void;

interface DueColumns {
  readonly due: NumberColumn;
  readonly dueSoon: NumberColumn;
  readonly dueStage: DictionaryColumn;
}

const running: ReadonlySet<string> = new Set<TargetStage>(['on-track', 'due-soon', 'breached']);

/**
 * Moves the stages of rows on as time passes. It sleeps until the next moment at which any row changes; then one pass
 * over three columns finds the rows, and the moment after.
 */
export class StageTimer {
  readonly #table: ColumnTable;
  readonly #world: { readonly now: () => number; readonly alarm: Alarm };
  readonly #show: (rows: readonly number[], change: () => void) => void;
  #next = Number.POSITIVE_INFINITY;

  constructor(
    table: ColumnTable,
    world: { readonly now: () => number; readonly alarm: Alarm },
    show: (rows: readonly number[], change: () => void) => void,
  ) {
    this.#table = table;
    this.#world = world;
    this.#show = show;
  }

  /** A row was computed: sleeps no longer than until it changes. */
  expect(row: number, now: number): void {
    const change = this.#changeOf(this.#columns(), row, now);
    if (change < this.#next) this.#sleepUntil(change);
  }

  /** Brings every stage up to now and finds the next moment. */
  look(): void {
    const now = this.#world.now();
    const columns = this.#columns();
    const { due, dueSoon, dueStage } = columns;
    const changed: number[] = [];
    const stages: TargetStage[] = [];
    let next = Number.POSITIVE_INFINITY;
    for (let row = 0; row < this.#table.size; row += 1) {
      const dueAt = due.numberAt(row);
      if (Number.isNaN(dueAt)) continue;
      const stage = String(dueStage.get(row));
      if (!running.has(stage)) continue;
      const soonAt = dueSoon.numberAt(row);
      const current = stageAt('running', dueAt, Number.isNaN(soonAt) ? null : soonAt, now);
      if (current !== stage) {
        changed.push(row);
        stages.push(current);
      }
      next = Math.min(next, this.#changeOf(columns, row, now));
    }
    this.#next = Number.POSITIVE_INFINITY;
    if (changed.length > 0)
      this.#show(changed, () => {
        changed.forEach((row, index) => {
          dueStage.set(row, stages[index] ?? null);
        });
        this.#table.version += 1;
      });
    if (next < Number.POSITIVE_INFINITY) this.#sleepUntil(next);
  }

  #sleepUntil(at: number): void {
    this.#next = at;
    this.#world.alarm(at, () => {
      this.look();
    });
  }

  #changeOf({ due, dueSoon }: DueColumns, row: number, now: number): number {
    const [dueAt, soonAt] = [due.numberAt(row), dueSoon.numberAt(row)];
    if (Number.isNaN(dueAt)) return Number.POSITIVE_INFINITY;
    const dueSoonAt = Number.isNaN(soonAt) ? null : soonAt;
    return nextStageChange({ due: dueAt, dueSoon: dueSoonAt, dueTarget: null, dueStage: 'on-track' }, now) ?? Infinity;
  }

  #columns(): DueColumns {
    const { columns } = this.#table;
    const [due, dueSoon, dueStage] = [columns.get('due'), columns.get('dueSoon'), columns.get('dueStage')];
    if (due?.layout !== 'number' || dueSoon?.layout !== 'number' || dueStage?.layout !== 'dictionary')
      throw new Error('the columns of due times are not what the registry declares');
    return { due, dueSoon, dueStage };
  }
}
