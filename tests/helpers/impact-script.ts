import { readMinUp, type MinUp } from '../../shared/domain/asset/redundancy.ts';
import { analyseImpact, type Impact, type ImpactQuestion } from '../../shared/domain/impact/analyse-impact.ts';
import { buildImpactGraph, type ImpactGraph } from '../../shared/domain/impact/impact-graph.ts';

/** A graph as the practices write it: `S1 > H1 > F1`, lines joined by `;`. `minUp` by target: `{ F1: '1' }`. */
export interface ScriptedGraph {
  readonly graph: ImpactGraph;
  readonly names: readonly string[];
  readonly nodeOf: (name: string) => number;
  /** Names of what is affected, in order. */
  readonly affectedBy: (question: NamedQuestion) => readonly string[];
  readonly analyse: (question: NamedQuestion) => Impact;
}

export interface NamedQuestion extends Omit<ImpactQuestion, 'sources' | 'barriers' | 'context' | 'isHidden'> {
  readonly sources: readonly string[];
  readonly barriers?: readonly string[];
  readonly context?: readonly string[];
  readonly hidden?: readonly string[];
}

export function scriptGraph(script: string, minUp: Readonly<Record<string, string>> = {}): ScriptedGraph {
  const nodes = new Map<string, number>();
  const nodeOf = (name: string): number => {
    const node = nodes.get(name) ?? nodes.size;
    nodes.set(name, node);
    return node;
  };
  const pairs = script
    .split(';')
    .map((line) => line.split('>').map((name) => nodeOf(name.trim())))
    .flatMap((chain) => chain.slice(1).map((to, index) => [chain[index] ?? 0, to] as const));
  const groups = new Map<number, number>();
  const redundancies: MinUp[] = [];
  for (const [target, text] of Object.entries(minUp)) {
    const read = readMinUp(text);
    if (read === null) throw new Error(`not a redundancy: ${text}`);
    groups.set(nodeOf(target), redundancies.length);
    redundancies.push(read);
  }
  const graph = buildImpactGraph({
    nodes: nodes.size,
    from: Int32Array.from(pairs, ([from]) => from),
    to: Int32Array.from(pairs, ([, to]) => to),
    group: Int32Array.from(pairs, ([, to]) => groups.get(to) ?? -1),
    redundancies,
  });
  const names = [...nodes.keys()];
  const analyse = ({ sources, barriers = [], context = [], hidden, ...rest }: NamedQuestion): Impact =>
    analyseImpact(graph, {
      ...rest,
      sources: sources.map(nodeOf),
      barriers: barriers.map(nodeOf),
      context: context.map(nodeOf),
      ...(hidden === undefined ? {} : { isHidden: (node) => hidden.includes(names[node] ?? '') }),
    });
  return {
    graph,
    names,
    nodeOf,
    analyse,
    affectedBy: (question) => analyse(question).affected.map((node) => names[node] ?? ''),
  };
}
