import type { ImpactView } from '../../../data/impact/impact-api.ts';

export interface PlacedNode {
  readonly id: string;
  /** Position of its column and its place in it. */
  readonly column: number;
  readonly place: number;
}

export interface ImpactLayout {
  readonly nodes: readonly PlacedNode[];
  readonly columns: number;
  /** Places of the fullest column. */
  readonly places: number;
}

/** Rounds of sorting: more changes next to nothing. */
const rounds = 3;

/**
 * Places records in columns by their distance from what failed, left to right. Within a column each stands near the
 * middle of what it is linked to on the left, so that few lines cross. People are told in the list only.
 */
export function layoutImpact({ sources, affected, spared, links }: ImpactView): ImpactLayout {
  const columnOf = new Map<string, number>(sources.map(({ id }) => [id, 0]));
  for (const { id, depth, entity } of affected) if (entity !== 'person') columnOf.set(id, depth);
  for (const { id } of spared) {
    const before = links
      .filter(({ to, from }) => to === id && columnOf.has(from))
      .map(({ from }) => columnOf.get(from) ?? 0);
    columnOf.set(id, Math.max(0, ...before) + 1);
  }
  const columns: string[][] = Array.from({ length: Math.max(0, ...columnOf.values()) + 1 }, () => []);
  for (const [id, column] of columnOf) columns[column]?.push(id);
  const above = new Map<string, string[]>();
  for (const { from, to } of links)
    if ((columnOf.get(from) ?? 0) < (columnOf.get(to) ?? 0)) above.set(to, [...(above.get(to) ?? []), from]);
  for (let round = 0; round < rounds; round += 1) sortColumns(columns, above);
  return {
    nodes: columns.flatMap((ids, column) => ids.map((id, place) => ({ id, column, place }))),
    columns: columns.length,
    places: Math.max(0, ...columns.map((ids) => ids.length)),
  };
}

function sortColumns(columns: string[][], above: ReadonlyMap<string, readonly string[]>): void {
  const placeOf = new Map<string, number>();
  columns.forEach((ids, column) => {
    const wish = (id: string): number => {
      const places = (above.get(id) ?? []).map((from) => placeOf.get(from) ?? 0);
      return places.length === 0 ? 0 : places.reduce((sum, place) => sum + place, 0) / places.length;
    };
    const sorted = column === 0 ? ids : ids.toSorted((left, right) => wish(left) - wish(right));
    columns[column] = sorted;
    for (const [place, id] of sorted.entries()) placeOf.set(id, place / sorted.length);
  });
}
