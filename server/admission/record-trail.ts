import { entityDefinition } from '../../shared/domain/entities.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { operationSchema, type Operation, type Write } from '../../shared/sync/operation.ts';
import type { SentEvent } from '../../shared/sync/sent-record.ts';
import { addToTrail, trailEventOf } from '../../shared/sync/trail.ts';
import type { RecordRow, StoreReader } from '../store/store.ts';

/** The history that a record's kind keeps at hand (`EntityDefinition.trail`), as text beside its state. */

const noTrail = '[]';

/** With what one more write did; null stays null, the log tells then. */
export function trailAfter(trail: string | null, operation: Operation, write: Write): string | null {
  const fields = entityDefinition(write.entity)?.trail;
  const event = fields === undefined || trail === null ? null : trailEventOf(operation, write, fields);
  if (event === null || trail === null) return trail;
  return JSON.stringify(addToTrail(trail === noTrail ? [] : (JSON.parse(trail) as SentEvent[]), event));
}

/** From all operations that are applied to a record. */
export function trailFrom(key: string, operations: Iterable<Operation>): string {
  let trail: string | null = noTrail;
  for (const operation of operations)
    for (const write of operation.writes) if (recordKey(write) === key) trail = trailAfter(trail, operation, write);
  return trail ?? noTrail;
}

/** A record as it is sent, as JSON: its state and, where it has one, its trail. */
export async function sentText(store: StoreReader, row: RecordRow): Promise<string> {
  const trail = await trailOf(store, row);
  return trail === noTrail ? row.state : `${row.state.slice(0, -1)},"trail":${trail}}`;
}

async function trailOf(store: StoreReader, { record, entity, trail }: RecordRow): Promise<string> {
  if (trail !== null) return trail;
  if (entityDefinition(entity)?.trail === undefined) return noTrail;
  const rows = await store.operationsOn(record);
  return trailFrom(
    record,
    rows.map(({ body }) => operationSchema.parse(JSON.parse(body))),
  );
}
