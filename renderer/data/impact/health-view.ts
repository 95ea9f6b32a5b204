import { healthStates } from '../../../shared/domain/impact/health.ts';
import type { AssetGraph } from './asset-graph.ts';
import type { FailingAssets } from './failing-assets.ts';
import type { HealthView } from './impact-api.ts';
import type { NodeNames } from './node-names.ts';

const causesTold = 3;

export interface HealthParts {
  readonly assets: AssetGraph;
  readonly failing: FailingAssets;
  readonly health: Uint8Array;
  readonly names: NodeNames;
  readonly nodes: readonly (readonly [id: string, node: number])[];
}

/** The colour of each node asked for, and what it comes from: its troubled neighbours upstream. */
export function viewHealth({
  assets,
  failing,
  health,
  names,
  nodes,
}: HealthParts): Readonly<Record<string, HealthView>> {
  const causes = new Map<number, number[]>();
  for (const [, node] of nodes) if ((health[node] ?? 0) > 0) causes.set(node, []);
  if (causes.size > 0) {
    for (let edge = 0; edge < assets.to.length; edge += 1) {
      const from = assets.from[edge] ?? 0;
      if ((health[from] ?? 0) > 0) causes.get(assets.to[edge] ?? 0)?.push(from);
    }
  }
  return Object.fromEntries(
    nodes.map(([id, node]): readonly [string, HealthView] => {
      const worst = [...new Set(causes.get(node))].sort((left, right) => (health[right] ?? 0) - (health[left] ?? 0));
      return [
        id,
        {
          state: healthStates[health[node] ?? 0] ?? 'operational',
          incidents: failing.incidents.get(node) ?? 0,
          causes: worst.slice(0, causesTold).map((cause) => ({ id: names.idOf(cause), title: names.titleOf(cause) })),
        },
      ];
    }),
  );
}
