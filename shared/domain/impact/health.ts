import type { ImpactGraph } from './impact-graph.ts';
import { propagate } from './propagate.ts';

/** Three colours, from best to worst. */
export const healthStates = ['operational', 'warning', 'incident'] as const;
export type HealthState = (typeof healthStates)[number];

export interface HealthInput {
  /** Configuration items with an incident. */
  readonly down: readonly number[];
  /** Configuration items that work, but not well. */
  readonly degraded: readonly number[];
  /** Nodes that are services: they take their colour from the configuration items directly beneath them. */
  readonly isService: (node: number) => boolean;
}

/**
 * CMDB-8: what depends on something down is in warning, as far as no redundancy bears it; a service is down when a
 * configuration item directly beneath it is down, and in warning when one is in warning, beyond what its redundancy
 * bears. Gives a position in `healthStates` for each node.
 */
export function healthOf(graph: ImpactGraph, { down, degraded, isService }: HealthInput): Uint8Array {
  const health = new Uint8Array(graph.nodes);
  const spread = propagate(graph, down, { isBarrier: () => false, maxDepth: Number.POSITIVE_INFINITY });
  for (const node of spread.order) if (!isService(node)) health[node] = 1;
  for (const node of degraded) health[node] = 1;
  for (const node of down) health[node] = 2;
  const warned = [...spread.order, ...degraded];
  colourServices(graph, new Set(warned), isService, health);
  return health;
}

function colourServices(
  { starts, targets, groups, thresholds }: ImpactGraph,
  troubled: ReadonlySet<number>,
  isService: (node: number) => boolean,
  health: Uint8Array,
): void {
  const counts = new Map<number, { incidents: number; warnings: number; bears: number }>();
  for (const node of troubled) {
    if (isService(node)) continue;
    let before = -1;
    for (let at = starts[node] ?? 0; at < (starts[node + 1] ?? 0); at += 1) {
      const target = targets[at] ?? 0;
      if (!isService(target) || target === before) continue;
      before = target;
      const group = groups[at] ?? -1;
      const count = counts.get(target) ?? {
        incidents: 0,
        warnings: 0,
        bears: group < 0 ? 0 : (thresholds[group] ?? 0),
      };
      count.incidents += Number(health[node] === 2);
      count.warnings += Number((health[node] ?? 0) >= 1);
      counts.set(target, count);
    }
  }
  for (const [service, { incidents, warnings, bears }] of counts)
    health[service] = incidents > bears ? 2 : warnings > bears ? 1 : 0;
}
