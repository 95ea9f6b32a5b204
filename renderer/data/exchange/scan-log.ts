import type { Space } from '../engine/space.ts';
import { openConnection } from '../storage/raw-rows.ts';
import type { LogRow } from '../storage/database.ts';

const rowsPerRead = 200;

/** The log rows of a space, oldest first, those still being written at the end. */
export async function* scanLog(space: Space): AsyncGenerator<readonly LogRow[], void, undefined> {
  const unwritten = [...space.state.unwritten.values()];
  let after = 0;
  await openConnection(space.database);
  for (;;) {
    const rows = await space.database.ops.where('key').above(after).limit(rowsPerRead).toArray();
    if (rows.length === 0) break;
    after = rows.at(-1)?.key ?? after;
    yield rows;
  }
  // One of them may have been written while the rest was read.
  const late = unwritten.filter((row) => (row.key ?? 0) > after);
  if (late.length > 0) yield late;
}
