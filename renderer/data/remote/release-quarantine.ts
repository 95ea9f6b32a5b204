import { dotOf } from '../../../shared/sync/operation.ts';
import { recordKey } from '../../../shared/sync/fold.ts';
import type { Space } from '../engine/space.ts';
import { commitBatch } from './commit-batch.ts';
import { mustWait, ownReader, rootIdsOf } from './reader.ts';
import { RemoteBatch } from './remote-batch.ts';

/** Applies what waited for an upgrade and can be read now (D14). Returns how many operations that were. */
export function releaseQuarantine(space: Space): Promise<number> {
  return space.inTurn(async () => {
    const waiting = [...space.state.remote.quarantined.values()];
    const readable = waiting.filter(({ operation }) => !mustWait(operation, ownReader));
    if (readable.length === 0) return 0;
    const ports = { now: () => 0, renewDevice: () => Promise.reject(new Error('nothing here can be a fork')) };
    const batch = new RemoteBatch(space, ownReader, ports);
    const operations = readable.map(({ operation }) => operation);
    await batch.read(operations.flatMap(rootIdsOf));
    await batch.readScope(operations.flatMap(({ writes }) => writes.map(recordKey)));
    for (const { operation, logKey } of readable) {
      // Still among those that wait while it is applied: only what was applied before counts as held.
      batch.apply(operation, logKey);
      batch.release(dotOf(operation));
    }
    await commitBatch(batch);
    return readable.length;
  });
}
