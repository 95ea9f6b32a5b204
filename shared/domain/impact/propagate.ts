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

/**
 * Marks what fails with `first` (2.7, steps 2 to 4): breadth first, each node once, so that cycles end; a redundancy
 * lets through when more of its neighbours failed than it bears. Linear in what is reached.
 */
export function propagate(graph: ImpactGraph, first: Iterable<number>, options: SpreadOptions): Spread {
  const { starts, targets, groups, edges, thresholds } = graph;
  const { isBarrier, maxDepth, isOwn } = options;
  const depth = new Int32Array(graph.nodes).fill(-1);
  const via = new Int32Array(graph.nodes).fill(-1);
  const viaEdge = new Int32Array(graph.nodes).fill(-1);
  const queue = new Int32Array(graph.nodes);
  const failed = new Int32Array(thresholds.length);
  const lastArrival = new Int32Array(thresholds.length).fill(-1);
  const shownArrival = new Int32Array(thresholds.length).fill(-1);
  const shownEdge = new Int32Array(thresholds.length).fill(-1);
  let end = 0;
  for (const node of first) {
    if (isBarrier(node) || depth[node] !== -1) continue;
    depth[node] = 0;
    queue[end] = node;
    end += 1;
  }
  for (let head = 0; head < end; head += 1) {
    const node = queue[head] ?? 0;
    const reached = (depth[node] ?? 0) + 1;
    if (reached > maxDepth) continue;
    const last = starts[node + 1] ?? 0;
    for (let at = starts[node] ?? 0; at < last; at += 1) {
      const target = targets[at] ?? 0;
      const group = groups[at] ?? -1;
      let [by, edge] = [node, edges[at] ?? -1];
      if (group >= 0) {
        // All edges of a node come one after the other: a second one of the same redundancy is the same neighbour.
        if (lastArrival[group] === node) continue;
        lastArrival[group] = node;
        failed[group] = (failed[group] ?? 0) + 1;
        if (shownArrival[group] === -1 && (isOwn?.(node) ?? true)) {
          shownArrival[group] = node;
          shownEdge[group] = edge;
        }
        if ((failed[group] ?? 0) <= (thresholds[group] ?? 0)) continue;
        if (shownArrival[group] !== -1) [by, edge] = [shownArrival[group] ?? node, shownEdge[group] ?? edge];
      }
      if (depth[target] !== -1 || isBarrier(target)) continue;
      depth[target] = reached;
      via[target] = by;
      viaEdge[target] = edge;
      queue[end] = target;
      end += 1;
    }
  }
  return { order: queue.subarray(0, end), depth, via, viaEdge, failed };
}
