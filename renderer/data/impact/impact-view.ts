import type { Impact } from '../../../shared/domain/impact/analyse-impact.ts';
import { kindOfNode, linkOf, type AssetGraph } from './asset-graph.ts';
import type { AffectedRecord, ImpactKind, ImpactStep, ImpactView, RedundancyView } from './impact-api.ts';
import type { NodeNames } from './node-names.ts';

export interface ImpactParts {
  readonly assets: AssetGraph;
  readonly impact: Impact;
  readonly health: Uint8Array;
  readonly names: NodeNames;
  readonly sources: readonly number[];
  readonly limit: number;
}

/** An analysis in records: nearest first, services before assets before people at the same distance. */
export function viewImpact(parts: ImpactParts): ImpactView {
  const { assets, impact, health, names, sources, limit } = parts;
  const ordered = [...impact.affected].sort(
    (left, right) => impact.depthOf(left) - impact.depthOf(right) || rankOf(assets, left) - rankOf(assets, right),
  );
  const shown = ordered.slice(0, limit);
  const spared = sparedNodes(parts).slice(0, limit);
  const totals: Record<ImpactKind, number> = { asset: 0, service: 0, person: 0 };
  for (const node of impact.affected) totals[kindOfNode(assets, node)] += 1;
  return {
    sources: sources.map((node) => ({
      ...names.recordOf(node, health),
      isProductive: assets.productive[node] === 1,
    })),
    affected: shown.map((node): AffectedRecord => ({
      ...names.recordOf(node, health),
      depth: impact.depthOf(node),
      path: pathTo(node, parts),
    })),
    totals,
    spared: spared.map(({ node, redundancy }) => ({ ...names.recordOf(node, health), redundancy })),
    links: linksAmong(new Set([...sources, ...shown, ...spared.map(({ node }) => node)]), assets, names),
  };
}

const ranks: Readonly<Record<ImpactKind, number>> = { service: 0, asset: 1, person: 2 };

function rankOf(assets: AssetGraph, node: number): number {
  return ranks[kindOfNode(assets, node)];
}

function pathTo(node: number, { assets, impact, names }: ImpactParts): readonly ImpactStep[] {
  const { nodes, edges } = impact.pathTo(node);
  return edges.map((edge, index): ImpactStep => {
    const from = nodes[index] ?? node;
    return {
      id: names.idOf(from),
      title: names.titleOf(from),
      link: linkOf(assets.kinds[edge] ?? 0),
      redundancy: redundancyAt(assets.groups[edge] ?? -1, assets, impact),
    };
  });
}

/** Null where there is nothing to choose from: one neighbour, or all of them needed. */
function redundancyAt(group: number, { graph }: AssetGraph, impact: Impact): RedundancyView | null {
  const of = graph.neighbours[group] ?? 0;
  const bears = graph.thresholds[group] ?? 0;
  return group < 0 || bears === 0 ? null : { failed: impact.failedOf(group), of, needed: of - bears };
}

interface SparedNode {
  readonly node: number;
  readonly redundancy: RedundancyView;
}

function sparedNodes({ assets, impact, sources }: ImpactParts): readonly SparedNode[] {
  const reached = new Set([...sources, ...impact.affected]);
  return assets.holders.flatMap((node, group) => {
    const redundancy = redundancyAt(group, assets, impact);
    if (redundancy === null || redundancy.failed === 0 || reached.has(node)) return [];
    return redundancy.failed > redundancy.of - redundancy.needed ? [] : [{ node, redundancy }];
  });
}

function linksAmong(shown: ReadonlySet<number>, { graph, kinds }: AssetGraph, names: NodeNames): ImpactView['links'] {
  const links: ImpactView['links'][number][] = [];
  for (const node of shown) {
    for (let at = graph.starts[node] ?? 0; at < (graph.starts[node + 1] ?? 0); at += 1) {
      const target = graph.targets[at] ?? 0;
      if (!shown.has(target)) continue;
      links.push({ from: names.idOf(node), to: names.idOf(target), link: linkOf(kinds[graph.edges[at] ?? 0] ?? 0) });
    }
  }
  return links;
}
