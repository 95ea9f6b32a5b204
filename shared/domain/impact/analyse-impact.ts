import type { ImpactGraph } from './impact-graph.ts';
import { propagate, type Spread } from './propagate.ts';

/** Longest chain followed for a ticket (2.7, step 2). */
export const usualDepth = 10;

export interface ImpactQuestion {
  /** What fails, or is taken out of service by a change: linked by hand. */
  readonly sources: readonly number[];
  /** Known not to be affected: never marked, never passed. */
  readonly barriers?: readonly number[];
  /** Down already for other reasons, e.g. other open tickets (2.7, step 5). */
  readonly context?: readonly number[];
  /** What the person may not see is passed only in a complete analysis, and is never told. */
  readonly isHidden?: (node: number) => boolean;
  readonly isComplete?: boolean;
  readonly maxDepth?: number;
}

export interface Impact {
  /** What is affected besides the sources, nearest first. */
  readonly affected: readonly number[];
  /** Steps from a source. */
  readonly depthOf: (node: number) => number;
  /** From a source to the node, both included, and the edges between them (positions in `ImpactEdges`). */
  readonly pathTo: (node: number) => ImpactPath;
  /** How many neighbours of a redundancy failed. */
  readonly failedOf: (group: number) => number;
}

export interface ImpactPath {
  readonly nodes: readonly number[];
  readonly edges: readonly number[];
}

/**
 * What is affected when the sources fail: a function of the graph and the question alone, so that nothing stored has to
 * be kept in step with it. Of what other failures bring along, too, only that counts which would not be affected by
 * them alone, or which the sources reach by themselves.
 */
export function analyseImpact(graph: ImpactGraph, question: ImpactQuestion): Impact {
  const { sources, context = [], isHidden = () => false, maxDepth = usualDepth } = question;
  const barriers = new Set(question.barriers);
  const isComplete = question.isComplete ?? true;
  const isBarrier = (node: number): boolean => barriers.has(node) || (!isComplete && isHidden(node));
  const given = new Set(sources);
  const others = context.filter((node) => !given.has(node));
  const alone = propagate(graph, sources, { isBarrier, maxDepth });
  const spreads = others.length === 0 ? [alone] : [alone, spreadTogether(graph, sources, others, isBarrier, maxDepth)];
  const spreadOf = new Map<number, Spread>();
  for (const spread of spreads) {
    for (const node of spread.order)
      if (!given.has(node) && !isHidden(node) && !spreadOf.has(node) && isCaused(spread, node))
        spreadOf.set(node, spread);
  }
  const last = spreads.at(-1) ?? alone;
  return {
    affected: [...spreadOf.keys()],
    depthOf: (node) => (spreadOf.get(node) ?? alone).depth[node] ?? -1,
    pathTo: (node) => pathIn(spreadOf.get(node) ?? alone, node),
    failedOf: (group) => last.failed[group] ?? 0,
  };
}

interface SharedSpread extends Spread {
  /** What the context reaches without the sources. */
  readonly without?: Spread;
}

function spreadTogether(
  graph: ImpactGraph,
  sources: readonly number[],
  others: readonly number[],
  isBarrier: (node: number) => boolean,
  maxDepth: number,
): SharedSpread {
  const without = propagate(graph, others, { isBarrier, maxDepth });
  const given = new Set(sources);
  const isOwn = (node: number): boolean => given.has(node) || without.depth[node] === -1;
  return { ...propagate(graph, [...sources, ...others], { isBarrier, maxDepth, isOwn }), without };
}

function isCaused({ without }: SharedSpread, node: number): boolean {
  return without === undefined || without.depth[node] === -1;
}

function pathIn({ via, viaEdge }: Spread, node: number): ImpactPath {
  const nodes = [node];
  const edges: number[] = [];
  for (let at = node, from = via[at] ?? -1; from !== -1; at = from, from = via[at] ?? -1) {
    nodes.unshift(from);
    edges.unshift(viaEdge[at] ?? -1);
  }
  return { nodes, edges };
}
