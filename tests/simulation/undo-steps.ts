import { hashOperation } from '../../shared/sync/operation-hash.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import { dotOf, type FieldValue, type Operation } from '../../shared/sync/operation.ts';
import { deletedField, deletionMark } from '../../shared/sync/shown.ts';
import { inverseWrites } from '../../shared/sync/undo.ts';
import { author, firstValues } from './author-step.ts';
import type { Chance } from './chance.ts';
import type { Device } from './device.ts';
import { must } from './violation.ts';
import type { World } from './world.ts';

/** Somebody deletes a record, or restores one. */
export function deleteRecord(world: World, device: Device, chance: Chance): void {
  const records = [...device.replica.records.values()].filter(
    (record) => record.entity === 'ticket' && device.inScope(record) && Object.keys(record.fields).length > 0,
  );
  if (records.length === 0) return;
  const record = chance.pick(records);
  const { held, quarantined } = device.replica;
  const isDeleted = (firstValues(record)?.[deletedField] ?? null) !== null;
  const value = isDeleted ? null : deletionMark(record, held, quarantined);
  const { entity, id } = record;
  const number = world.ledger.authored.length;
  author(
    device,
    { edits: [{ entity, id, fields: { [deletedField]: value } }] },
    `delete.${number}`,
    chance,
    world.rate('crash'),
  );
}

/** Somebody undoes one of the operations made on this device. */
export function undoOperation(world: World, device: Device, chance: Chance): void {
  const { replica } = device;
  const known = world.ledger.authored.filter(({ operation, device: name }) => {
    const entry = replica.log.entryAt(dotOf(operation));
    const here = entry?.type === 'operation' && hashOperation(entry.operation) === hashOperation(operation);
    return name === device.name && here && operation.writes.every((write) => device.inScope(write));
  });
  if (known.length === 0) return;
  const { operation, before } = chance.pick(known);
  const { writes, kept } = inverseWrites(
    operation,
    (record) => before.get(recordKey(record)),
    (key) => replica.records.get(key),
    replica.held,
    replica.quarantined,
  );
  must(
    writes.length > 0 || kept.length > 0,
    'I2',
    () => `undoing ${dotOf(operation)} neither writes nor keeps anything`,
  );
  for (const write of writes) {
    const shown = firstValues(replica.records.get(recordKey(write))) ?? {};
    const done = operation.writes.find((each) => recordKey(each) === recordKey(write))?.fields ?? {};
    const touched =
      Object.keys(write.fields).includes(deletedField) && before.get(recordKey(write)) === undefined
        ? shown
        : write.fields;
    for (const field of Object.keys(touched)) checkUndoes(operation, field, done, shown);
  }
  if (writes.length > 0)
    author(device, { writes }, `undo.${world.ledger.authored.length}`, chance, world.rate('crash'));
}

/** Undo replaces only what the undone operation wrote, and takes a record back only while nobody added to it. */
function checkUndoes(
  operation: Operation,
  field: string,
  done: Readonly<Record<string, FieldValue>>,
  shown: Readonly<Record<string, FieldValue>>,
): void {
  const isEmpty = !Object.hasOwn(done, field) && [null, false].includes(shown[field] as never);
  must(
    isEmpty || JSON.stringify(shown[field]) === JSON.stringify(done[field]),
    'I2',
    () => `undoing ${dotOf(operation)} would replace ${field}, that somebody changed since`,
  );
}
