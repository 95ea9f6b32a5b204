import type { ImpactGraph } from './impact-graph.ts';

/** How far a failure came. */
export interface Spread {
  /** Nodes reached in the order they were, the first ones included. */
  readonly order: Int32Array;
  /** Steps from the first ones; -1 for what is not reached. */
  readonly depth: Int32Array;
  /** The node it came from, and the position of that edge in the graph; -1 for the first ones. */
  readonly via: Int32Array;
  readonly viaEdge: Int32Array;
  /** For each redundancy how many of its neighbours failed. */
  readonly failed: Int32Array;
}

export interface SpreadOptions {
  /** Never marked and never passed (2.7, step 1). */
  readonly isBarrier: (node: number) => boolean;
  readonly maxDepth: number;
  /** Of several that failed together, the path shows the first one this is true for. */
  readonly isOwn?: (node: number) => boolean;
}

/** Failed neighbours of each redundancy, as they come. */
class Arrivals {
  readonly failed: Int32Array;
  readonly shownNode: Int32Array;
  readonly shownEdge: Int32Array;
  readonly #last: Int32Array;
  readonly #thresholds: Int32Array;

  constructor(thresholds: Int32Array) {
    this.#thresholds = thresholds;
    this.failed = new Int32Array(thresholds.length);
    this.#last = new Int32Array(thresholds.length).fill(-1);
    this.shownNode = new Int32Array(thresholds.length).fill(-1);
    this.shownEdge = new Int32Array(thresholds.length).fill(-1);
  }

  /** Whether the redundancy lets the failure of one more neighbour through. */
  passes(group: number, node: number, edge: number, isShown: boolean): boolean {
    // All edges of a node come one after the other: a second one of the same redundancy is the same neighbour.
    if (this.#last[group] === node) return false;
    this.#last[group] = node;
    this.failed[group] = (this.failed[group] ?? 0) + 1;
    if (this.shownNode[group] === -1 && isShown) {
      this.shownNode[group] = node;
      this.shownEdge[group] = edge;
    }
    return (this.failed[group] ?? 0) > (this.#thresholds[group] ?? 0);
  }
}

/**
 * Marks what fails with `first` (2.7, steps 2 to 4): breadth first, each node once, so that cycles end; a redundancy
 * lets through when more of its neighbours failed than it bears. Linear in what is reached.
 */
export function propagate(graph: ImpactGraph, first: Iterable<number>, options: SpreadOptions): Spread {
  const { starts, targets, groups, edges } = graph;
  const { isBarrier, maxDepth, isOwn = () => true } = options;
  const depth = new Int32Array(graph.nodes).fill(-1);
  const via = new Int32Array(graph.nodes).fill(-1);
  const viaEdge = new Int32Array(graph.nodes).fill(-1);
  const queue = new Int32Array(graph.nodes);
  const arrivals = new Arrivals(graph.thresholds);
  let end = 0;
  const mark = (node: number, steps: number): void => {
    depth[node] = steps;
    queue[end] = node;
    end += 1;
  };
  const follow = (at: number, node: number, steps: number): void => {
    const target = targets[at] ?? 0;
    const group = groups[at] ?? -1;
    const edge = edges[at] ?? -1;
    if (group >= 0 && !arrivals.passes(group, node, edge, isOwn(node))) return;
    if (depth[target] !== -1 || isBarrier(target)) return;
    const shown = group >= 0 ? (arrivals.shownNode[group] ?? -1) : -1;
    via[target] = shown === -1 ? node : shown;
    viaEdge[target] = shown === -1 ? edge : (arrivals.shownEdge[group] ?? edge);
    mark(target, steps);
  };
  for (const node of first) if (!isBarrier(node) && depth[node] === -1) mark(node, 0);
  for (let head = 0; head < end; head += 1) {
    const node = queue[head] ?? 0;
    const steps = (depth[node] ?? 0) + 1;
    const last = steps > maxDepth ? 0 : (starts[node + 1] ?? 0);
    for (let at = starts[node] ?? 0; at < last; at += 1) follow(at, node, steps);
  }
  return { order: queue.subarray(0, end), depth, via, viaEdge, failed: arrivals.failed };
}
