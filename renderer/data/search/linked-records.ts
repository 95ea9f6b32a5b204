import type { Tables } from '../storage/tables.ts';

/** A word in the name of a caller, queue, service, asset or site counts this much for what points to it. */
const linkedWorth = 0.5;
const linkedKinds: ReadonlySet<string> = new Set(['person', 'queue', 'service', 'asset', 'site']);

/**
 * Records that point to records that were found: tickets of a person who has the name. Joined when asked, so that a new
 * name is found at once wherever it shows.
 */
export function* linkedRecords(
  tables: Tables,
  found: ReadonlyMap<string, number>,
): Generator<readonly [id: string, score: number]> {
  const byKind = new Map<string, Map<string, number>>();
  for (const [id, score] of found) {
    const kind = tables.find(id)?.table.kind;
    if (kind === undefined || !linkedKinds.has(kind)) continue;
    const ofKind = byKind.get(kind);
    if (ofKind) ofKind.set(id, score);
    else byKind.set(kind, new Map([[id, score]]));
  }
  if (byKind.size === 0) return;
  for (const table of tables.all()) {
    for (const [name, column] of table.columns) {
      const type = table.typeOf(name);
      const ids = type?.type === 'reference' ? byKind.get(type.to) : undefined;
      if (!ids || column.layout !== 'dictionary') continue;
      const scores = [0, ...column.values().map((value) => (ids.get(value) ?? 0) * linkedWorth)];
      if (!scores.some((score) => score > 0)) continue;
      const codes = column.codes();
      for (let row = 0; row < table.size; row += 1) {
        const score = scores[codes[row] ?? 0] ?? 0;
        if (score > 0) yield [table.idAt(row), score];
      }
    }
  }
}
