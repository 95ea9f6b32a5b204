import { entityDefinition, schemaVersion } from '../../../shared/domain/entities.ts';
import type { Operation } from '../../../shared/sync/operation.ts';
import { quarantineReason, type Reader } from '../../../shared/sync/quarantine.ts';
import { partOfField, rootIdOf } from '../engine/apply-operation.ts';

/** What this version of the program can read. */
export const ownReader: Reader = { schemaVersion, knowsKind: (entity) => entityDefinition(entity) !== undefined };

/** Whether an operation must wait for an upgrade: of what it cannot read, a desk does not know where to store it. */
export function mustWait(operation: Operation, reader: Reader): boolean {
  return quarantineReason(operation, reader) !== undefined || !namesItsRecords(operation);
}

/** Every write to an entry of a log must name its record, or it could be stored nowhere. */
function namesItsRecords(operation: Operation): boolean {
  return operation.writes.every(
    ({ entity, fields }) =>
      entityDefinition(entity)?.partOf === undefined || typeof fields[partOfField(entity)] === 'string',
  );
}

/** Ids of the records that an operation is stored with, as far as this version knows them. */
export function rootIdsOf(operation: Operation): readonly string[] {
  return namesItsRecords(operation) ? operation.writes.map(rootIdOf) : [];
}
