import type { EntityKind } from '../../shared/domain/entities.ts';
import type { StorageLevel } from '../../shared/desktop-api.ts';
import { wholeScope } from '../../shared/sync/protocol-scope.ts';
import type { DataStatus, RecoveryReport } from './data-api.ts';
import type { ExchangeQuery, SyncState } from './sync-api.ts';
import type { ExchangeResult } from './sync-port.ts';
import { waitingOperations } from './engine/answers.ts';
import type { Space } from './engine/space.ts';

/** What the service knows beside the space itself. Whether it may be written is told from it, never stored. */
export interface Health {
  readonly phase: 'opening' | 'open' | 'failed';
  /** Why the phase is `failed`: an i18n key. */
  readonly reason: string | null;
  readonly storage: StorageLevel;
  /** A write has failed and is being tried again. */
  readonly writeFailed: boolean;
  readonly recovery: RecoveryReport | null;
}

export const openingHealth: Health = {
  phase: 'opening',
  reason: null,
  storage: 'ok',
  writeFailed: false,
  recovery: null,
};

/** Whether an open space may take changes: never while one waits to be written, nor on the last bytes of the disk. */
export function isWritable({ storage, writeFailed }: Health): boolean {
  return storage !== 'full' && !writeFailed;
}

function phaseOf(health: Health): Pick<DataStatus, 'phase' | 'reason'> {
  if (health.phase !== 'open') return { phase: health.phase, reason: health.reason };
  if (isWritable(health)) return { phase: 'ready', reason: null };
  return { phase: 'read-only', reason: health.writeFailed ? 'storage.write-failed' : 'storage.full' };
}

export function statusOf(space: Space | null, health: Health): DataStatus {
  const records: Partial<Record<EntityKind, number>> = {};
  let conflicts = 0;
  for (const table of space?.state.tables.all() ?? []) {
    let count = 0;
    for (let row = 0; row < table.size; row += 1) {
      if (table.isDeleted(row)) continue;
      count += 1;
      if (table.isConflict(row)) conflicts += 1;
    }
    records[table.kind] = count;
  }
  const meta = space?.state.meta;
  return {
    user: space && meta ? { id: meta.user, name: space.state.tables.titleOf('person', meta.user) } : null,
    ...phaseOf(health),
    records,
    operations: meta?.operations ?? 0,
    waiting: space ? waitingOperations(space.state) : 0,
    waitingSince: meta?.waitingSince ?? null,
    conflicts,
    recovery: health.recovery,
    storage: health.storage,
  };
}

/** How the exchange stands while no endpoint is set up. */
export const unlinkedSync: SyncState = {
  link: null,
  paused: false,
  wish: wholeScope,
  phase: 'none',
  lastContactAt: null,
  nextTryAt: null,
  problem: null,
  progress: null,
  waiting: 0,
  waitingSince: null,
  clockOffsetMs: null,
  lastExchange: null,
};

/** What is answered where nothing is exchanged. */
export function unlinked({ type }: ExchangeQuery): ExchangeResult {
  if (type === 'sync') return unlinkedSync;
  return type === 'presence' ? [] : null;
}
