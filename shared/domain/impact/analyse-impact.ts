import type { ImpactGraph } from './impact-graph.ts';
import { propagate, type Spread, type SpreadOptions } from './propagate.ts';

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
  const { sources, context = [], maxDepth = usualDepth } = question;
  const isHidden = question.isHidden ?? null;
  const barred = markAll(graph.nodes, question.barriers ?? []);
  const isComplete = question.isComplete ?? true;
  const isBarrier = (node: number): boolean => barred[node] === 1 || (!isComplete && isHidden?.(node) === true);
  const given = markAll(graph.nodes, sources);
  const others = context.filter((node) => given[node] === 0);
  const alone = propagate(graph, sources, { isBarrier, maxDepth });
  const together = others.length === 0 ? null : spreadTogether(graph, sources, given, others, { isBarrier, maxDepth });
  const affected: number[] = [];
  const spreadOf = (node: number): Spread => (alone.depth[node] === -1 && together !== null ? together : alone);
  const tell = (node: number): void => {
    if (given[node] === 0 && isHidden?.(node) !== true) affected.push(node);
  };
  for (const node of alone.order) tell(node);
  if (together !== null)
    for (const node of together.order) if (alone.depth[node] === -1 && together.without.depth[node] === -1) tell(node);
  return {
    affected,
    depthOf: (node) => spreadOf(node).depth[node] ?? -1,
    pathTo: (node) => pathIn(spreadOf(node), node),
    failedOf: (group) => (together ?? alone).failed[group] ?? 0,
  };
}

function markAll(nodes: number, marked: readonly number[]): Uint8Array {
  const marks = new Uint8Array(nodes);
  for (const node of marked) marks[node] = 1;
  return marks;
}

interface SharedSpread extends Spread {
  /** What the context reaches without the sources. */
  readonly without: Spread;
}

function spreadTogether(
  graph: ImpactGraph,
  sources: readonly number[],
  given: Uint8Array,
  others: readonly number[],
  options: Pick<SpreadOptions, 'isBarrier' | 'maxDepth'>,
): SharedSpread {
  const without = propagate(graph, others, options);
  const isOwn = (node: number): boolean => given[node] === 1 || without.depth[node] === -1;
  return { ...propagate(graph, [...sources, ...others], { ...options, isOwn }), without };
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
