import { thresholdOf, type MinUp } from '../asset/redundancy.ts';

/** Ways a failure goes, as numbers: edge `i` carries the failure of `from[i]` to `to[i]`. */
export interface ImpactEdges {
  /** Nodes are 0 to `nodes - 1`. */
  readonly nodes: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** Redundancy of the target that the edge belongs to, a position in `redundancies`; -1 for none. */
  readonly group: Int32Array;
  readonly redundancies: readonly MinUp[];
}

/** The same edges, grouped by where they start, with what each redundancy bears. Made once, asked often. */
export interface ImpactGraph {
  readonly nodes: number;
  /** Edges of node `n` stand from `starts[n]` to `starts[n + 1]`. */
  readonly starts: Int32Array;
  readonly targets: Int32Array;
  readonly groups: Int32Array;
  /** Position of each edge in `ImpactEdges`, for explanations. */
  readonly edges: Int32Array;
  /** Distinct upstream neighbours of each redundancy (N), and how many of them may fail. */
  readonly neighbours: Int32Array;
  readonly thresholds: Int32Array;
}

/** Linear in nodes and edges. */
export function buildImpactGraph({ nodes, from, to, group, redundancies }: ImpactEdges): ImpactGraph {
  const starts = new Int32Array(nodes + 1);
  for (const node of from) starts[node + 1] = (starts[node + 1] ?? 0) + 1;
  for (let node = 0; node < nodes; node += 1) starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
  const next = starts.slice();
  const targets = new Int32Array(from.length);
  const groups = new Int32Array(from.length);
  const edges = new Int32Array(from.length);
  for (let edge = 0; edge < from.length; edge += 1) {
    const start = from[edge] ?? 0;
    const at = next[start] ?? 0;
    next[start] = at + 1;
    targets[at] = to[edge] ?? 0;
    groups[at] = group[edge] ?? -1;
    edges[at] = edge;
  }
  const neighbours = countNeighbours(nodes, starts, groups, redundancies.length);
  const thresholds = Int32Array.from(redundancies, (minUp, index) => thresholdOf(minUp, neighbours[index] ?? 0));
  return { nodes, starts, targets, groups, edges, neighbours, thresholds };
}

/** A neighbour that is related twice is one neighbour. */
function countNeighbours(nodes: number, starts: Int32Array, groups: Int32Array, count: number): Int32Array {
  const neighbours = new Int32Array(count);
  const lastSeen = new Int32Array(count).fill(-1);
  for (let node = 0; node < nodes; node += 1) {
    const end = starts[node + 1] ?? 0;
    for (let at = starts[node] ?? 0; at < end; at += 1) {
      const group = groups[at] ?? -1;
      if (group < 0 || lastSeen[group] === node) continue;
      lastSeen[group] = node;
      neighbours[group] = (neighbours[group] ?? 0) + 1;
    }
  }
  return neighbours;
}
