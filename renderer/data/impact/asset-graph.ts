import { isProductive } from '../../../shared/domain/asset/asset-status.ts';
import { readMinUp, redundancyOf, type MinUp } from '../../../shared/domain/asset/redundancy.ts';
import { carrierOf, relationTypes, type RelationType } from '../../../shared/domain/asset/relation-types.ts';
import { buildImpactGraph, type ImpactGraph } from '../../../shared/domain/impact/impact-graph.ts';
import type { ColumnTable } from '../columns/column-table.ts';
import type { Tables } from '../storage/tables.ts';
import { judgeValues, referredRows, rowsInUse } from './referred-rows.ts';
import type { ImpactKind, ImpactLink } from './impact-api.ts';

/** Kinds of edges behind the relation types. */
const serviceEdge = relationTypes.length;
const personEdge = serviceEdge + 1;

/** The graph of a space. Nodes are rows: those of assets, then services, then people. */
export interface AssetGraph {
  readonly graph: ImpactGraph;
  /** By edge: both ends, and what kind it is. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly kinds: Uint8Array;
  /** By edge: the redundancy it belongs to, -1 for none. By redundancy: the node that has it. */
  readonly groups: Int32Array;
  readonly holders: readonly number[];
  readonly assets: number;
  readonly services: number;
  /** By asset: whether it is in production. */
  readonly productive: Uint8Array;
}

export function linkOf(kind: number): ImpactLink {
  const relation = relationTypes[kind];
  if (relation === undefined) return { by: kind === serviceEdge ? 'service' : 'person' };
  return { by: 'relation', relation, isReverse: carrierOf(relation) === 'to' };
}

export function kindOfNode({ assets, services }: AssetGraph, node: number): ImpactKind {
  return node < assets ? 'asset' : node < assets + services ? 'service' : 'person';
}

/** Reads the graph from the columns; linear in rows. */
export function readAssetGraph(tables: Tables): AssetGraph {
  return new GraphReader(tables).read();
}

class GraphReader {
  readonly #assets: ColumnTable;
  readonly #services: ColumnTable;
  readonly #relations: ColumnTable;
  readonly #people: ColumnTable;
  readonly #productive: Uint8Array;
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  readonly #kinds: Uint8Array;
  readonly #groups: Int32Array;
  readonly #groupOf = new Map<number, number>();
  readonly #redundancies: MinUp[] = [];
  readonly #holders: number[] = [];
  #edges = 0;

  constructor(tables: Tables) {
    this.#assets = tables.of('asset');
    this.#services = tables.of('service');
    this.#relations = tables.of('asset-relation');
    this.#people = tables.of('person');
    this.#productive = rowsInUse(this.#assets, 'status', isProductive);
    const most = this.#relations.size + 2 * this.#assets.size;
    this.#from = new Int32Array(most);
    this.#to = new Int32Array(most);
    this.#kinds = new Uint8Array(most);
    this.#groups = new Int32Array(most);
  }

  read(): AssetGraph {
    this.#readRelations();
    const services = this.#assets.size;
    this.#readField('service', this.#services, services, serviceEdge);
    this.#readField('assignedTo', this.#people, services + this.#services.size, personEdge);
    const end = this.#edges;
    const edges = {
      nodes: this.#assets.size + this.#services.size + this.#people.size,
      from: this.#from.subarray(0, end),
      to: this.#to.subarray(0, end),
      group: this.#groups.subarray(0, end),
      redundancies: this.#redundancies,
    };
    return {
      graph: buildImpactGraph(edges),
      from: edges.from,
      to: edges.to,
      kinds: this.#kinds.subarray(0, end),
      groups: edges.group,
      holders: this.#holders,
      assets: this.#assets.size,
      services: this.#services.size,
      productive: this.#productive,
    };
  }

  #add(from: number, to: number, kind: number, redundancy: MinUp | null): void {
    const at = this.#edges;
    this.#from[at] = from;
    this.#to[at] = to;
    this.#kinds[at] = kind;
    this.#groups[at] = redundancy === null ? -1 : this.#group(to, kind, redundancy);
    this.#edges += 1;
  }

  /** One redundancy for a node and a kind of edge. */
  #group(node: number, kind: number, redundancy: MinUp): number {
    const key = node * (personEdge + 1) + kind;
    const known = this.#groupOf.get(key);
    if (known !== undefined) return known;
    const group = this.#redundancies.length;
    this.#groupOf.set(key, group);
    this.#redundancies.push(redundancy);
    this.#holders.push(node);
    return group;
  }

  #readRelations(): void {
    const table = this.#relations;
    const [from, to] = [referredRows(table, 'from', this.#assets), referredRows(table, 'to', this.#assets)];
    const inUse = rowsInUse(table);
    const kindOf = judgeValues(table, 'type', (value) => relationTypes.findIndex((type) => type === value));
    const carriers = relationTypes.map(carrierOf);
    const redundancies = relationTypes.map((type) => this.#redundancyOver(type));
    for (let row = 0; row < table.size; row += 1) {
      const kind = kindOf(row);
      const carrier = carriers[kind];
      if (!carrier || !inUse[row]) continue;
      const [source, target] = carrier === 'from' ? [from(row), to(row)] : [to(row), from(row)];
      if (source < 0 || target < 0 || !this.#productive[source] || !this.#productive[target]) continue;
      this.#add(source, target, kind, redundancies[kind]?.(target) ?? null);
    }
  }

  /** What each asset says of its redundancy over one relation. */
  #redundancyOver(type: RelationType): (row: number) => MinUp | null {
    return judgeValues(this.#assets, 'redundancy', (text) => redundancyOf(String(text ?? ''), type));
  }

  #readField(field: string, table: ColumnTable, first: number, kind: number): void {
    const referred = referredRows(this.#assets, field, table);
    const inUse = rowsInUse(table);
    const needed = table.columns.has('minUp')
      ? judgeValues(table, 'minUp', (text) => readMinUp(String(text ?? '')))
      : () => null;
    for (let row = 0; row < this.#assets.size; row += 1) {
      const target = referred(row);
      if (target < 0 || !this.#productive[row] || !inUse[target]) continue;
      this.#add(row, first + target, kind, needed(target));
    }
  }
}
