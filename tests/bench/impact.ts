import { readAssetGraph } from '../../renderer/data/impact/asset-graph.ts';
import { ImpactIndex } from '../../renderer/data/impact/impact-index.ts';
import { Tables } from '../../renderer/data/storage/tables.ts';
import { relationTypes } from '../../shared/domain/asset/relation-types.ts';
import type { RecordValues } from '../../shared/domain/change.ts';
import type { EntityKind } from '../../shared/domain/entities.ts';
import { analyseImpact } from '../../shared/domain/impact/analyse-impact.ts';
import { healthOf } from '../../shared/domain/impact/health.ts';

/**
 * Impact on a large graph: npm run bench:impact [-- ASSETS RELATIONS]
 * Each time is told beside a plain pass over the same rows in the same run (both ends of every relation read and
 * added), since the machine changes and the ratio does not. That the whole is linear shows in the second half: the same
 * with a quarter of the rows costs about a quarter, for each row the same.
 */
const [assets = 50_000, relations = 200_000] = process.argv.slice(2).map(Number);
const rounds = 7;
let sink = 0;

/** Layers of a tenth each: most relations go to the layer below, so that the core carries nearly all. */
function fill(assetCount: number, relationCount: number): Tables {
  const tables = new Tables();
  const put = (kind: EntityKind, id: string, values: RecordValues): void => {
    tables.of(kind).put({ id, values, createdAt: 0, updatedAt: 0, ownSeq: 0, conflict: false, deleted: false });
  };
  for (let service = 0; service < 500; service += 1)
    put('service', `s-${service}`, {
      name: `Service ${service}`,
      active: true,
      minUp: service % 3 === 0 ? '50%' : null,
    });
  for (let person = 0; person < 5_000; person += 1) put('person', `p-${person}`, { name: `Person ${person}` });
  const layer = Math.floor(assetCount / 10);
  for (let row = 0; row < assetCount; row += 1)
    put('asset', `a-${row}`, {
      name: `Asset ${row}`,
      status: row % 50 === 0 ? 'retired' : 'production',
      redundancy: row % 9 === 0 ? 'depends-on=50%' : null,
      service: row > 8 * layer ? `s-${row % 500}` : null,
      assignedTo: row > 9 * layer ? `p-${row % 5_000}` : null,
      active: true,
    });
  for (let row = 0; row < relationCount; row += 1) {
    const from = layer + ((row * 7_919) % (assetCount - layer));
    const to = from - layer + ((row * 104_729) % layer) - (from % layer);
    put('asset-relation', `r-${row}`, {
      from: `a-${from}`,
      to: `a-${Math.max(0, to)}`,
      type: relationTypes[row % 6] ?? null,
      active: true,
    });
  }
  for (let row = 0; row < 1_000; row += 1)
    put('ticket', `t-${row}`, {
      type: 'incident',
      state: 'new',
      urgency: String(1 + (row % 3)),
      asset: `a-${(row * 7_919) % assetCount}`,
    });
  return tables;
}

function median(times: readonly number[]): number {
  return times.toSorted((left, right) => left - right)[Math.floor(times.length / 2)] ?? 0;
}

function time(run: () => void): number {
  return median(
    Array.from({ length: rounds }, () => {
      const began = performance.now();
      run();
      return performance.now() - began;
    }),
  );
}

function tell(what: string, ms: number, plain: number, found = ''): void {
  process.stdout.write(
    `${what.padEnd(46)} ${ms.toFixed(2).padStart(9)} ms ${(ms / plain).toFixed(1).padStart(7)} x plain`,
  );
  process.stdout.write(`  ${found}\n`);
}

function measure(assetCount: number, relationCount: number): void {
  const tables = fill(assetCount, relationCount);
  const table = tables.of('asset-relation');
  const [from, to] = [table.columns.get('from'), table.columns.get('to')];
  process.stdout.write(`${assetCount} configuration items, ${relationCount} relations\n`);
  const plain = time(() => {
    for (let row = 0; row < table.size; row += 1) sink += String(from?.get(row)).length + String(to?.get(row)).length;
  });
  tell('plain pass over the relations', plain, plain);
  tell(
    'graph read from the columns',
    time(() => (sink += readAssetGraph(tables).to.length)),
    plain,
  );
  const { graph, assets: first, services } = readAssetGraph(tables);
  const layer = Math.floor(assetCount / 10);
  const worst = Array.from({ length: layer }, (_, row) => row);
  const impact = (sources: readonly number[]) => analyseImpact(graph, { sources });
  tell(
    'impact of one at the core',
    time(() => (sink += impact([1]).affected.length)),
    plain,
    `${impact([1]).affected.length} affected`,
  );
  tell(
    'impact of the whole core',
    time(() => (sink += impact(worst).affected.length)),
    plain,
    `${impact(worst).affected.length} affected`,
  );
  const isService = (node: number): boolean => node >= first && node < first + services;
  tell(
    'three-colour health of all',
    time(() => (sink += healthOf(graph, { down: worst, degraded: [], isService }).length)),
    plain,
  );
  const index = new ImpactIndex(tables, () => 0);
  const query = { type: 'impact', sources: ['a-1'], barriers: [], withContext: true, limit: 300 } as const;
  sink += index.impact(query).affected.length;
  tell(
    'a watch told again, with context and 300 paths',
    time(() => (sink += index.impact(query).affected.length)),
    plain,
  );
  process.stdout.write('\n');
}

measure(assets, relations);
measure(Math.floor(assets / 4), Math.floor(relations / 4));
if (Number.isNaN(sink)) process.stdout.write('\n');
