import { seqOf } from '../../../shared/sync/version-vector.ts';
import { askDesktop } from '../desktop-port.ts';
import type { DesktopPort } from '../desktop-port.ts';
import type { Space } from '../engine/space.ts';
import { countRecords } from './rebuild-space.ts';

export interface SentinelKeeper {
  readonly space: string;
  readonly chromium: string;
  readonly port: DesktopPort;
  readonly now: () => number;
}

/**
 * Writes outside the database what it holds, to be compared at the next start. `suspect` says why the next start must
 * not trust it, whatever it looks like then.
 */
export async function keepSentinel(space: Space, keeper: SentinelKeeper, suspect?: string): Promise<void> {
  const { meta } = space.state;
  const sentinel = {
    databaseId: space.database.name,
    schemaVersion: meta.schemaVersion,
    lastSeq: seqOf(meta.vector, meta.device),
    records: countRecords(space),
    chromium: keeper.chromium,
    writtenAt: keeper.now(),
    user: meta.user,
    ...(suspect === undefined ? {} : { suspect: suspect.slice(0, 2_000) }),
  };
  await askDesktop(keeper.port, 'sentinelWrite', { space: keeper.space, sentinel });
}
