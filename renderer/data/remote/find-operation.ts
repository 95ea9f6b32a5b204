import { dotOf, type Dot, type Operation } from '../../../shared/sync/operation.ts';
import type { Space } from '../engine/space.ts';
import type { LogRow } from '../storage/database.ts';
import { getRows } from '../storage/raw-rows.ts';
import { logRowOperations } from '../storage/operation-lines.ts';
import type { ChainIndex } from './chain-index.ts';

/** The operation the log holds under a dot; its place must have been loaded. Undefined when the log lacks it. */
export async function findOperation(space: Space, index: ChainIndex, dot: Dot): Promise<Operation | undefined> {
  const { logKey } = index.at(dot);
  if (logKey === 0) return undefined;
  const [row] = await logRows(space, [logKey]);
  return row && logRowOperations(row).find((operation) => dotOf(operation) === dot);
}

/** Rows of the log by key, those still being written among them; undefined where there is none. */
export async function logRows(space: Space, keys: readonly number[]): Promise<readonly (LogRow | undefined)[]> {
  const stored = await getRows(space.database, 'ops', keys);
  return keys.map((key, index) => space.state.unwritten.get(key) ?? stored[index]);
}
