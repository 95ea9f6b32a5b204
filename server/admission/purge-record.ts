import type { Operation } from '../../shared/sync/operation.ts';
import { ProblemError } from '../problem-error.ts';
import type { SpaceRow, StoreWriter } from '../store/store.ts';
import type { Batch } from './batch.ts';
import { emptyPurged, purgeCommand, purgeEditsOf } from './purged-fields.ts';
import { writeAsSystem, writesAtMost } from './system-writes.ts';

/** What a purge touched. */
export interface Purged {
  readonly purged: readonly { readonly entity: string; readonly id: string; readonly fields: number }[];
  /** Entries of the log whose values were emptied. */
  readonly entries: number;
}

interface Turn {
  readonly batch: Batch;
  readonly store: StoreWriter;
  readonly space: SpaceRow;
  readonly now: number;
}

/** Writes over a record and the entries of its log, and empties what the log held of that. One transaction. */
export async function purgeRecord({ batch, store, space, now }: Turn, key: string, user: string): Promise<Purged> {
  const rows = [...(await store.records([key])), ...(await store.partsOf([key]))];
  if (!rows.some(({ record }) => record === key))
    throw new ProblemError('not-found', 'a record of the space', 'body.id', 'Look for it by its number.');
  await batch.mirror.load(
    store,
    rows.map(({ record }) => record),
  );
  const edits = rows.flatMap(({ record }) => {
    const state = batch.stateOf(record);
    return (state && purgeEditsOf(state, batch.mirror.purged)) ?? [];
  });
  const purges: Operation[] = [];
  for (let first = 0; first < edits.length; first += writesAtMost)
    purges.push(await writeAsSystem(batch, space, now, purgeCommand, edits.slice(first, first + writesAtMost), user));
  await batch.flush();
  return {
    purged: edits.map(({ entity, id, fields }) => ({ entity, id, fields: Object.keys(fields).length })),
    entries: purges.length === 0 ? 0 : await emptyPurged(store, purges),
  };
}

/** Purges among what a batch applied: of an earlier life of this authority. */
export function purgesIn(batch: Batch): readonly Operation[] {
  return [...new Set(batch.applied.map(({ operation }) => operation))].filter(
    ({ command }) => command === purgeCommand,
  );
}
