import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { Dot } from '../../../shared/sync/operation.ts';
import type { CommandOutcome } from '../data-api.ts';
import type { Intent } from '../engine/build-operation.ts';
import type { RemoteChanges } from '../engine/commit-queue.ts';
import { refusedOperation } from '../engine/refused.ts';
import type { Space } from '../engine/space.ts';

/** The "not accepted" drawer: what was refused stays with its author until it is put away or written again (I13). */
export async function dismissRefused(space: Space, dot: Dot): Promise<null> {
  await space.inTurn(() => {
    forget(space, dot);
    const { meta } = space.state;
    return space.queue.add({ log: [], journal: null, bodies: [], segments: [], remote: withoutRefused(dot), meta });
  });
  return null;
}

/** Writes a refused operation again, as a new one on the records as they are now. */
export async function retryRefused(space: Space, dot: Dot): Promise<CommandOutcome> {
  return space.rewrite((state) => {
    const row = state.remote.refused.get(dot);
    if (!row) return null;
    const { command, writes, occurredAt } = refusedOperation(row);
    const intent: Intent = {
      command,
      user: state.meta.user,
      changes: writes.map(({ entity, id, fields }) => ({ entity: entity as EntityKind, id, fields })),
      ...(occurredAt === undefined ? {} : { occurredAt }),
    };
    forget(space, dot);
    return { intents: [intent], remote: withoutRefused(dot) };
  });
}

function forget(space: Space, dot: Dot): void {
  const refused = new Map(space.state.remote.refused);
  refused.delete(dot);
  space.state.remote = { ...space.state.remote, refused };
  space.state.watches.refresh((query) => query.type === 'refused');
}

function withoutRefused(dot: Dot): RemoteChanges {
  return { put: {}, deleted: { refused: [dot] } };
}
