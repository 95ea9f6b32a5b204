import type { Transaction } from 'dexie';
import { packedId } from './body-codec.ts';
import type { PackedBody } from './body-codec.ts';

/** Saved columns are derived: start-up reads the bodies instead, and the next idle moment saves them anew. */
export async function dropColumns(transaction: Transaction): Promise<void> {
  await transaction.table('snapshot').clear();
}

/** Version 1 kept bodies as objects. */
export async function upgradeRows(transaction: Transaction): Promise<void> {
  await transaction
    .table('delta')
    .toCollection()
    .modify((row: { body: PackedBody | string }) => {
      row.body = JSON.stringify(row.body);
    });
  await transaction
    .table('segments')
    .toCollection()
    .modify((row: { ids?: readonly string[]; bodies: readonly (PackedBody | string)[] }) => {
      row.ids = row.bodies.map((body) => (typeof body === 'string' ? '' : packedId(body)));
      row.bodies = row.bodies.map((body) => JSON.stringify(body));
    });
}
