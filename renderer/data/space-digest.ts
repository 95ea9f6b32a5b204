import { combineDigests, digestRecord, recordName } from '../../shared/domain/content-digest.ts';
import type { EntityKind } from '../../shared/domain/entities.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { isShown, valuesOf } from './engine/derive-row.ts';
import type { Space } from './engine/space.ts';

const recordsPerRead = 500;

/** Digest of all records of a kind, or of every kind, with the entries of their logs. */
export async function contentDigestOf(
  space: Space,
  entity: EntityKind | null,
): Promise<{ readonly digest: string; readonly records: number }> {
  const digests: string[] = [];
  let records = 0;
  const nameOf = (id: string): string | undefined => {
    const place = space.state.tables.find(id);
    const values = place?.table.valuesAt(place.row) ?? {};
    // A row whose record was taken out again, or left the scope, is as if it had never come.
    return place && Object.keys(values).length > 0 ? recordName({ entity: place.table.kind, values }) : undefined;
  };
  const take = (state: RecordState): void => {
    if (isShown(state)) digests.push(digestRecord({ entity: state.entity, values: valuesOf(state) }, nameOf));
  };
  for (const table of space.state.tables.all()) {
    if (entity !== null && table.kind !== entity) continue;
    for (let from = 0; from < table.size; from += recordsPerRead) {
      const ids = Array.from({ length: Math.min(recordsPerRead, table.size - from) }, (_, index) =>
        table.idAt(from + index),
      );
      for (const body of (await space.state.store.read(ids)).values()) {
        if (!isShown(body.state)) continue;
        records += 1;
        take(body.state);
        for (const entry of body.entries) take(entry);
      }
    }
  }
  return { digest: combineDigests(digests), records };
}
