import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyseImpact } from '../../../../../shared/domain/impact/analyse-impact.ts';
import { buildImpactGraph } from '../../../../../shared/domain/impact/impact-graph.ts';
import { scriptGraph } from '../../../../helpers/impact-script.ts';

describe('the cases of the practices', () => {
  it('IMP-1: what stands on the failed one and who is linked to it', () => {
    expect(scriptGraph('S1 > H1; S1 > Person1').affectedBy({ sources: ['S1'] })).toEqual(['H1', 'Person1']);
  });

  it('IMP-2: a failure goes one way', () => {
    expect(scriptGraph('S1 > H1').affectedBy({ sources: ['H1'] })).toEqual([]);
  });

  it('IMP-3: and on along the chain', () => {
    expect(scriptGraph('S1 > H1 > F1 > Person1').affectedBy({ sources: ['S1'] })).toEqual(['H1', 'F1', 'Person1']);
  });

  const farm = scriptGraph('H1 > F1; H2 > F1', { F1: '1' });
  it('IMP-4: one of two hosts down does not impact a farm that needs one', () => {
    expect(farm.affectedBy({ sources: ['H1'] })).toEqual([]);
  });

  it('IMP-5: both down do', () => {
    expect(farm.affectedBy({ sources: ['H1', 'H2'] })).toEqual(['F1']);
  });

  it('IMP-6: the second of two tickets is told of the farm, the first stays as it was', () => {
    expect(farm.affectedBy({ sources: ['H1'], context: ['H2'] })).toEqual(['F1']);
    expect(farm.affectedBy({ sources: ['H2'], context: [] })).toEqual([]);
    const { names, ...script } = scriptGraph('H1 > F1 > P1; H2 > F1; H3 > X1', { F1: '1' });
    const impact = script.analyse({ sources: ['H1'], context: ['H2', 'H3'] });
    expect(impact.affected.map((node) => names[node])).toEqual(['F1', 'P1']);
    expect(impact.pathTo(script.nodeOf('P1')).nodes.map((node) => names[node])).toEqual(['H1', 'F1', 'P1']);
    expect(impact.failedOf(0)).toBe(2);
  });

  it('IMP-7: what is known not to be impacted is never marked and never passed', () => {
    expect(scriptGraph('S1 > H1 > F1').affectedBy({ sources: ['S1'], barriers: ['H1'] })).toEqual([]);
  });

  it('IMP-8: without a source nothing is impacted', () => {
    expect(scriptGraph('S1 > H1').affectedBy({ sources: [] })).toEqual([]);
    expect(scriptGraph('S1 > H1').affectedBy({ sources: [], context: ['S1'] })).toEqual([]);
  });

  it('IMP-9: each is told once, whatever the number of ways to it', () => {
    const graph = scriptGraph('H1 > F1; H2 > F1; H1 > Person1; H2 > Person1');
    expect(graph.affectedBy({ sources: ['H1', 'H2'] })).toEqual(['F1', 'Person1']);
  });

  it('IMP-10: what a person may not see is passed in a complete analysis only, and never told', () => {
    const graph = scriptGraph('S1 > H1 > F1');
    expect(graph.affectedBy({ sources: ['S1'], hidden: ['H1'], isComplete: false })).toEqual([]);
    expect(graph.affectedBy({ sources: ['S1'], hidden: ['H1'], isComplete: true })).toEqual(['F1']);
  });

  it.each([
    [['N1', 'N2'], []],
    [['N1', 'N2', 'N3'], ['C1']],
  ])('IMP-11: four nodes of which half must be up, down are %j', (sources, affected) => {
    const graph = scriptGraph('N1 > C1; N2 > C1; N3 > C1; N4 > C1', { C1: '50%' });
    expect(graph.graph.thresholds[0]).toBe(2);
    expect(graph.affectedBy({ sources })).toEqual(affected);
  });

  it.each([
    [['N1'], []],
    [['N1', 'N2'], ['C1']],
  ])('IMP-12: three nodes of which two must be up, down are %j', (sources, affected) => {
    const graph = scriptGraph('N1 > C1; N2 > C1; N3 > C1', { C1: '2' });
    expect(graph.graph.thresholds[0]).toBe(1);
    expect(graph.affectedBy({ sources })).toEqual(affected);
  });

  it('IMP-13: a redundancy of one is none', () => {
    const graph = scriptGraph('N1 > C1', { C1: '1' });
    expect(graph.graph.thresholds[0]).toBe(0);
    expect(graph.affectedBy({ sources: ['N1'] })).toEqual(['C1']);
  });

  it('IMP-14: ends in a cycle', () => {
    expect(scriptGraph('A > B > A').affectedBy({ sources: ['A'] })).toEqual(['B']);
  });
});

describe('impact', () => {
  it('goes as deep as asked', () => {
    const chain = scriptGraph(Array.from({ length: 13 }, (_, step) => `N${step} > N${step + 1}`).join(';'));
    expect(chain.affectedBy({ sources: ['N0'] })).toHaveLength(10);
    expect(chain.affectedBy({ sources: ['N0'], maxDepth: 2 })).toEqual(['N1', 'N2']);
  });

  it('counts a neighbour once that is related twice', () => {
    const twice = scriptGraph('H1 > F1; H1 > F1; H2 > F1', { F1: '1' });
    expect(twice.graph.neighbours[0]).toBe(2);
    expect(twice.affectedBy({ sources: ['H1'] })).toEqual([]);
  });

  it('tells by which way', () => {
    const { analyse, nodeOf, names } = scriptGraph('S1 > H1 > F1; S1 > F2');
    const impact = analyse({ sources: ['S1'] });
    expect(impact.pathTo(nodeOf('F1')).nodes.map((node) => names[node])).toEqual(['S1', 'H1', 'F1']);
    expect(impact.pathTo(nodeOf('F1')).edges).toEqual([0, 1]);
    expect(impact.depthOf(nodeOf('F1'))).toBe(2);
  });

  it('is what a slow fixed point over all edges says, for any graph', () => {
    const edge = fc.tuple(fc.nat(11), fc.nat(11));
    fc.assert(
      fc.property(
        fc.array(edge, { maxLength: 40 }),
        fc.uniqueArray(fc.nat(11), { maxLength: 4 }),
        fc.uniqueArray(fc.nat(11), { maxLength: 3 }),
        fc.array(fc.nat(3), { minLength: 12, maxLength: 12 }),
        (pairs, sources, barriers, minUps) => {
          const graph = buildImpactGraph({
            nodes: 12,
            from: Int32Array.from(pairs, ([from]) => from),
            to: Int32Array.from(pairs, ([, to]) => to),
            group: Int32Array.from(pairs, ([, to]) => ((minUps[to] ?? 0) === 0 ? -1 : to)),
            redundancies: minUps.map((count) => ({ unit: 'count', count: Math.max(1, count) })),
          });
          const impact = analyseImpact(graph, { sources, barriers, maxDepth: 100 });
          expect([...impact.affected].toSorted((a, b) => a - b)).toEqual(settle(pairs, sources, barriers, minUps));
          for (const node of impact.affected) {
            const path = impact.pathTo(node);
            expect(sources).toContain(path.nodes[0]);
            expect(path.edges.map((at) => pairs[at])).toEqual(
              path.nodes.slice(1).map((to, index) => [path.nodes[index], to]),
            );
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

type Pairs = readonly (readonly [from: number, to: number])[];

function settle(pairs: Pairs, sources: readonly number[], barriers: readonly number[], minUps: readonly number[]) {
  const down = new Set(sources.filter((node) => !barriers.includes(node)));
  for (let before = -1; before !== down.size;) {
    before = down.size;
    for (let node = 0; node < 12; node += 1) {
      const above = new Set(pairs.filter(([, to]) => to === node).map(([from]) => from));
      const failed = [...above].filter((each) => down.has(each)).length;
      const minUp = minUps[node] ?? 0;
      const bears = minUp === 0 ? 0 : Math.max(0, above.size - minUp);
      if (failed > bears && !barriers.includes(node)) down.add(node);
    }
  }
  return [...down].filter((node) => !sources.includes(node)).toSorted((a, b) => a - b);
}
