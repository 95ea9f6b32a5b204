import { entityDefinition, fieldDefinition } from '../../shared/domain/entities.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { dotOf, excerptSchema, type Dot, type FieldValue, type Operation } from '../../shared/sync/operation.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import type { FieldEdits } from '../../shared/sync/compose.ts';
import type { LogRow, StoreReader, StoreWriter } from '../store/store.ts';
import type { Batch } from './batch.ts';
import type { Refusal } from './refuse-operation.ts';

/**
 * Purge for privacy: the endpoint writes over fields for good, and empties in the log what stood in them. The operations
 * keep their places, parents and hashes, so that chains stay provable and every replica folds to the same; only values
 * are gone. What had not seen the purge is refused, or it would bring them back.
 */
export const purgeCommand = 'system.purge';
/** Stands where a value must be. */
export const purgedMark = '[purged]';

/** The last purge of a field, by `entity/id` and field. */
export type PurgedFields = ReadonlyMap<string, { readonly dot: Dot; readonly position: number }>;

function nameOf(key: string, field: string): string {
  return `${key}\n${field}`;
}

export function readPurgedFields(rows: readonly LogRow[]): PurgedFields {
  const fields = new Map<string, { dot: Dot; position: number }>();
  for (const row of rows)
    for (const write of excerptSchema.parse(JSON.parse(row.body)).writes)
      for (const field of Object.keys(write.fields))
        fields.set(nameOf(recordKey(write), field), { dot: dotOf(row), position: row.position });
  return fields;
}

/** What to write over a record; undefined when there is nothing that was not purged already. */
export function purgeEditsOf(state: RecordState, purged: PurgedFields): FieldEdits | undefined {
  const fields = Object.entries(state.fields).flatMap(([field, { heads }]) => {
    const value = purgedValueOf(state.entity, field);
    const isDone = heads.every(({ dot }) => dot === purged.get(nameOf(recordKey(state), field))?.dot);
    return value === undefined || isDone ? [] : [[field, value] as const];
  });
  return fields.length === 0 ? undefined : { entity: state.entity, id: state.id, fields: Object.fromEntries(fields) };
}

/** Texts, and of whom a record tells. Of a kind that only a newer version knows, everything. Undefined: it stays. */
function purgedValueOf(entity: string, field: string): FieldValue | undefined {
  const definition = entityDefinition(entity);
  if (definition === undefined) return null;
  const known = fieldDefinition(definition, field);
  if (known === undefined) return null;
  // What a record is called by everybody else, and what it is part of.
  const isName = known.merge === 'authority' || (known.merge === 'fixed' && 'stamped' in known);
  if (known.type === 'reference') return known.to === 'person' && known.merge !== 'fixed' ? null : undefined;
  if (known.type !== 'text' || isName) return undefined;
  return field === definition.titleField || ('required' in known && known.required) ? purgedMark : null;
}

/** Null unless the operation writes a purged field without having seen that it was purged. */
export async function refusePurged(batch: Batch, operation: Operation): Promise<Refusal | null> {
  const { purged } = batch.mirror;
  if (purged.size === 0) return null;
  for (const write of operation.writes)
    for (const field of Object.keys(write.fields)) {
      const purge = purged.get(nameOf(recordKey(write), field));
      if (purge === undefined) continue;
      const parents = Object.hasOwn(write.parents, field) ? (write.parents[field] ?? []) : [];
      if (parents.includes(purge.dot)) continue;
      const later = await Promise.all(parents.map(async (dot) => (await batch.positionOf(dot)) > purge.position));
      if (!later.includes(true))
        return { code: 'purged', write, field, expected: 'an edit of the field as it is since it was purged' };
    }
  return null;
}

/**
 * Empties what stood in the fields that these purges wrote over, wherever the store has it. Snapshots are dropped, since
 * they hold it, too. Returns the number of entries that were changed.
 */
export async function emptyPurged(store: StoreWriter, purges: readonly Operation[]): Promise<number> {
  const bodies = new Map<number, Operation>();
  for (const purge of purges) {
    const [place] = await store.chainFrom(purge.device, purge.seq, purge.seq);
    if (place === undefined) throw new Error(`a purge that is not in the log: ${dotOf(purge)}`);
    await store.archive.putPurge(place.position);
    for (const write of purge.writes) await emptyBefore(store, place.position, write, bodies);
  }
  await store.forgetTrails(purges.flatMap(({ writes }) => writes.map(recordKey)));
  await store.archive.replaceBodies(new Map([...bodies].map(([at, operation]) => [at, JSON.stringify(operation)])));
  for (const { hash } of await store.archive.snapshots()) await store.archive.dropSnapshot(hash);
  return bodies.size;
}

async function emptyBefore(
  store: StoreReader,
  position: number,
  purge: Operation['writes'][number],
  bodies: Map<number, Operation>,
): Promise<void> {
  const key = recordKey(purge);
  for (const row of await store.everyOperationOn(key)) {
    if (row.position >= position) continue;
    const operation = bodies.get(row.position) ?? excerptSchema.parse(JSON.parse(row.body));
    let isChanged = false;
    const writes = operation.writes.map((write) => {
      if (recordKey(write) !== key) return write;
      const fields = Object.entries(write.fields).map(([field, value]): [string, FieldValue] => {
        const isHit = value !== null && Object.hasOwn(purge.fields, field);
        isChanged ||= isHit;
        return [field, isHit ? null : value];
      });
      return { ...write, fields: Object.fromEntries(fields) };
    });
    if (isChanged) bodies.set(row.position, { ...operation, writes });
  }
}
