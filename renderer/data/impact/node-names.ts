import type { HealthState } from '../../../shared/domain/impact/health.ts';
import { healthStates } from '../../../shared/domain/impact/health.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import type { Tables } from '../storage/tables.ts';
import { kindOfNode, type AssetGraph } from './asset-graph.ts';
import type { ImpactKind, ImpactRecord } from './impact-api.ts';

const details = { asset: 'assetClass', service: '', person: 'jobTitle' } as const;

/** Records behind the nodes of a graph. */
export class NodeNames {
  readonly #tables: Readonly<Record<ImpactKind, ColumnTable>>;
  readonly #assets: AssetGraph;

  constructor(tables: Tables, assets: AssetGraph) {
    this.#tables = { asset: tables.of('asset'), service: tables.of('service'), person: tables.of('person') };
    this.#assets = assets;
  }

  idOf(node: number): string {
    const [table, row] = this.#place(node);
    return table.idAt(row);
  }

  titleOf(node: number): string {
    const [table, row] = this.#place(node);
    return table.titleAt(row);
  }

  recordOf(node: number, health: Uint8Array): ImpactRecord {
    const [table, row] = this.#place(node);
    const entity = kindOfNode(this.#assets, node);
    const state: HealthState = healthStates[health[node] ?? 0] ?? 'operational';
    const detail = table.columns.get(details[entity])?.get(row);
    return { id: table.idAt(row), entity, title: table.titleAt(row), detail: String(detail ?? ''), health: state };
  }

  #place(node: number): readonly [table: ColumnTable, row: number] {
    const { assets, services } = this.#assets;
    const kind = kindOfNode(this.#assets, node);
    const first = { asset: 0, service: assets, person: assets + services }[kind];
    return [this.#tables[kind], node - first];
  }
}
