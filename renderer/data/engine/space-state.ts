import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import type { Body } from '../storage/body.ts';
import type { BodyCache } from '../storage/body-cache.ts';
import type { BodyStore } from '../storage/body-store.ts';
import type { LogRow, MetaRow } from '../storage/database.ts';
import type { Tables } from '../storage/tables.ts';
import type { ChangeIndex } from '../changes/change-index.ts';
import type { ChangePhases } from '../changes/change-phases.ts';
import { deriveRow, valuesOf } from './derive-row.ts';
import type { ImpactIndex } from '../impact/impact-index.ts';
import type { ProblemIndexes } from '../problems/problem-indexes.ts';
import type { ListIndex } from './list-index.ts';
import type { RecordSearch } from '../search/record-search.ts';
import type { RemoteState } from './remote-state.ts';
import type { ServiceLevels } from '../service-levels/service-levels.ts';
import type { Watches } from './watches.ts';

/** Everything of a space that is in memory, and the one way in which changed bodies reach columns and watches. */
export interface SpaceState {
  readonly tables: Tables;
  readonly cache: BodyCache;
  readonly store: BodyStore;
  readonly lists: ListIndex;
  readonly watches: Watches;
  /** Values of settings by name, parsed. */
  readonly settings: Map<string, unknown>;
  /** Log rows applied and shown whose transaction has not ended yet. */
  readonly unwritten: Map<number, LogRow>;
  /** Due times and stages in the columns of tickets. */
  readonly serviceLevels: ServiceLevels;
  /** Where changes are, with their approvals counted in. */
  readonly changePhases: ChangePhases;
  /** Approvals, risk and conflicts of changes. */
  readonly changes: ChangeIndex;
  /** What fails with what, and how assets and services stand. */
  readonly impact: ImpactIndex;
  /** Known errors by what they touch, and what seems to recur. */
  readonly problems: ProblemIndexes;
  /** The full-text index. */
  readonly search: RecordSearch;
  meta: MetaRow;
  remote: RemoteState;
}

/** Shows changed bodies everywhere: cache, columns, orders, settings, watches. */
export function showBodies(state: SpaceState, bodies: readonly Body[]): void {
  // Before lists and watches ask it.
  state.search.take(bodies);
  const byTable = new Map<ColumnTable, Body[]>();
  for (const body of bodies) {
    state.cache.put(body);
    const table = tableOf(state, body.entity);
    if (table) byTable.set(table, [...(byTable.get(table) ?? []), body]);
    if (body.entity === 'setting') takeSetting(state.settings, body);
  }
  for (const [table, changed] of byTable) {
    const ids = changed.map((body) => body.id);
    state.watches.beforeChange(table, ids);
    let titlesChanged = false;
    const rows = changed.map((body) => {
      const before = table.titleOf(body.id);
      const row = table.put(deriveRow(body));
      titlesChanged ||= before !== undefined && before !== table.titleAt(row);
      return row;
    });
    state.serviceLevels.take(table, changed, rows);
    state.changePhases.take(table, rows);
    // A title that appears for the first time may be shown by records that arrived before it.
    state.lists.changed(table, rows, titlesChanged);
    state.watches.afterChange(table, ids);
  }
}

export function takeSetting(settings: Map<string, unknown>, body: Body): void {
  const values = valuesOf(body.state);
  const { name, value } = { name: values['name'], value: values['value'] };
  if (typeof name !== 'string') return;
  if (typeof value !== 'string') {
    settings.delete(name);
    return;
  }
  try {
    settings.set(name, JSON.parse(value));
  } catch {
    // Another version wrote what this one cannot read: the default applies, the record keeps its text.
    settings.delete(name);
  }
}

function tableOf(state: SpaceState, entity: string): ColumnTable | undefined {
  for (const table of state.tables.all()) if (table.kind === (entity as EntityKind)) return table;
  return undefined;
}
