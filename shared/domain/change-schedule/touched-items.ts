import { usualDepth } from '../impact/analyse-impact.ts';
import type { ImpactGraph } from '../impact/impact-graph.ts';
import type { PlannedChange, Touched } from './planned-change.ts';

/**
 * What hangs together with configuration items, by the impact graph. Redundancy is not counted: two changes may each be
 * borne by it, and both together not. What lies below an item is looked up once.
 */
export class TouchedItems {
  readonly #graph: ImpactGraph;
  readonly #isService: (node: number) => boolean;
  readonly #below = new Map<number, readonly number[]>();
  readonly #seen: Int32Array;
  #above: readonly (readonly number[] | undefined)[] | null = null;
  #round = 0;

  constructor(graph: ImpactGraph, isService: (node: number) => boolean) {
    this.#graph = graph;
    this.#isService = isService;
    this.#seen = new Int32Array(graph.nodes);
  }

  of({ items, service }: Pick<PlannedChange, 'items' | 'service'>): Touched {
    const below = new Set(items.flatMap((item) => this.#belowOf(item)));
    const above = new Set(items.flatMap((item) => this.#parents()[item] ?? []));
    const services = new Set([...below].filter(this.#isService));
    if (service !== null) services.add(service);
    return { own: new Set(items), below, above, services };
  }

  #belowOf(item: number): readonly number[] {
    const known = this.#below.get(item);
    if (known) return known;
    const { starts, targets } = this.#graph;
    this.#round += 1;
    const found: number[] = [];
    let layer = [item];
    this.#seen[item] = this.#round;
    for (let depth = 0; depth < usualDepth && layer.length > 0; depth += 1) {
      const next: number[] = [];
      for (const node of layer)
        for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
          const target = targets[at] ?? 0;
          if (this.#seen[target] === this.#round) continue;
          this.#seen[target] = this.#round;
          next.push(target);
        }
      found.push(...next);
      layer = next;
    }
    this.#below.set(item, found);
    return found;
  }

  #parents(): readonly (readonly number[] | undefined)[] {
    if (this.#above) return this.#above;
    const { nodes, starts, targets } = this.#graph;
    const above: number[][] = [];
    for (let node = 0; node < nodes; node += 1)
      for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1)
        (above[targets[at] ?? 0] ??= []).push(node);
    this.#above = above;
    return above;
  }
}
