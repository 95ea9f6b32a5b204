import { analyseImpact } from '../../../shared/domain/impact/analyse-impact.ts';
import { healthOf } from '../../../shared/domain/impact/health.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import type { Tables } from '../storage/tables.ts';
import { kindOfNode, readAssetGraph, type AssetGraph } from './asset-graph.ts';
import { readFailingAssets, type FailingAssets } from './failing-assets.ts';
import { viewHealth } from './health-view.ts';
import type {
  HealthQuery,
  HealthView,
  ImpactQuery,
  ImpactView,
  LicenceQuery,
  ImpactWatchResults,
} from './impact-api.ts';
import { viewImpact } from './impact-view.ts';
import { judgeLicences } from './judge-licences.ts';
import { NodeNames } from './node-names.ts';

/**
 * Impact and health of a space, from the columns. The graph is read when it is first asked for and again after a record
 * it is made of has changed; nothing here is the truth.
 */
export class ImpactIndex {
  readonly #tables: Tables;
  readonly #now: () => number;
  #graph: { readonly version: string; readonly value: AssetGraph } | null = null;
  #failing: { readonly version: string; readonly value: FailingAssets } | null = null;
  #health: { readonly version: string; readonly value: Uint8Array } | null = null;

  constructor(tables: Tables, now: () => number) {
    this.#tables = tables;
    this.#now = now;
  }

  impact(query: ImpactQuery): ImpactView {
    const assets = this.#readGraph();
    const table = this.#tables.of('asset');
    const rowsOf = (ids: readonly string[]): readonly number[] => ids.flatMap((id) => table.rowOf(id) ?? []);
    const [sources, barriers] = [rowsOf(query.sources), rowsOf(query.barriers)];
    const failing = this.#readFailing();
    const context = query.withContext ? failing.down : [];
    const impact = analyseImpact(assets.graph, { sources, barriers, context });
    const health = healthOf(assets.graph, {
      down: [...sources, ...context],
      degraded: query.withContext ? failing.degraded : [],
      isService: (node) => kindOfNode(assets, node) === 'service',
    });
    const names = new NodeNames(this.#tables, assets);
    return viewImpact({ assets, impact, health, names, sources, limit: query.limit });
  }

  health(query: HealthQuery): Readonly<Record<string, HealthView>> {
    const assets = this.#readGraph();
    const failing = this.#readFailing();
    const health = this.#readHealth(assets, failing);
    const table = this.#tables.of(query.entity);
    const first = query.entity === 'asset' ? 0 : assets.assets;
    const nodes = query.ids.flatMap((id) => {
      const row = table.rowOf(id);
      return row === undefined ? [] : [[id, first + row] as const];
    });
    return viewHealth({ assets, failing, health, names: new NodeNames(this.#tables, assets), nodes });
  }

  /** The graph itself, for those who reckon with it. */
  get assets(): AssetGraph {
    return this.#readGraph();
  }

  licence({ software }: LicenceQuery): ImpactWatchResults['licence'] {
    return judgeLicences(this.#tables, software, this.#now());
  }

  #readGraph(): AssetGraph {
    const version = this.#version('asset', 'asset-relation', 'service', 'person');
    this.#graph = this.#graph?.version === version ? this.#graph : { version, value: readAssetGraph(this.#tables) };
    return this.#graph.value;
  }

  #readFailing(): FailingAssets {
    const version = this.#version('asset', 'ticket');
    this.#failing =
      this.#failing?.version === version ? this.#failing : { version, value: readFailingAssets(this.#tables) };
    return this.#failing.value;
  }

  #readHealth(assets: AssetGraph, { down, degraded }: FailingAssets): Uint8Array {
    const version = `${this.#graph?.version ?? ''} ${this.#failing?.version ?? ''}`;
    if (this.#health?.version !== version) {
      const isService = (node: number): boolean => kindOfNode(assets, node) === 'service';
      this.#health = { version, value: healthOf(assets.graph, { down, degraded, isService }) };
    }
    return this.#health.value;
  }

  #version(...kinds: readonly ColumnTable['kind'][]): string {
    return kinds.map((kind) => `${this.#tables.of(kind).size}.${this.#tables.of(kind).version}`).join(' ');
  }
}
