import { dotOf } from '../../../shared/sync/operation.ts';
import type { Dot, Operation } from '../../../shared/sync/operation.ts';
import type { Body } from '../storage/body.ts';
import { DamagedDatabase } from '../storage/damaged-database.ts';
import type { Database } from '../storage/database.ts';
import { getRows, openConnection } from '../storage/raw-rows.ts';
import { logRowOperations } from '../storage/operation-lines.ts';
import { isApplied } from './remote-state.ts';
import type { SpaceState } from './space-state.ts';

const rowsPerRead = 200;

/** The operations applied to a record, in order of arrival, with those still being written. */
export async function operationsOf(body: Body, database: Database, state: SpaceState): Promise<readonly Operation[]> {
  const rows = await getRows(database, 'ops', body.log);
  const operations: Operation[] = [];
  const ids = new Set([body.id, ...body.entries.map((entry) => entry.id)]);
  rows.forEach((row, index) => {
    const key = body.log[index] ?? 0;
    const found = row ?? state.unwritten.get(key);
    if (!found) throw new DamagedDatabase(`log row ${key} of record ${body.id} is missing`);
    // Every write to an entry names its record, so the record's own id finds them all.
    for (const operation of logRowOperations(found, [body.id])) {
      if (isApplied(state.remote, operation) && operation.writes.some((write) => ids.has(write.id)))
        operations.push(operation);
    }
  });
  return operations;
}

/** Operations by dot, in the order of the log. Looks from the end: what is asked for is nearly always recent. */
export async function findOperations(
  dots: readonly Dot[],
  database: Database,
  state: SpaceState,
): Promise<readonly Operation[]> {
  const wanted = new Set<Dot>(dots);
  const found: Operation[] = [];
  const take = (operations: readonly Operation[]): void => {
    found.unshift(...operations.filter((operation) => wanted.delete(dotOf(operation))));
  };
  for (const key of [...state.unwritten.keys()].sort((left, right) => right - left)) {
    const row = state.unwritten.get(key);
    if (row) take(logRowOperations(row));
  }
  await openConnection(database);
  for (let last = state.meta.lastLogKey; last > 0 && wanted.size > 0; last -= rowsPerRead) {
    const rows = await database.ops
      .where('key')
      .between(last - rowsPerRead, last, false, true)
      .reverse()
      .toArray();
    for (const row of rows) if (wanted.size > 0) take(logRowOperations(row));
  }
  return found;
}
