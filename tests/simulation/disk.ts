import type { Entry } from '../../shared/sync/entry.ts';
import type { Cursor } from '../../shared/sync/exchange.ts';
import type { VersionVector } from '../../shared/sync/record-state.ts';
import type { ScopeState } from '../../shared/sync/record-state.ts';
import { emptySnapshot, type Snapshot } from '../../shared/sync/snapshot.ts';
import type { Knowledge, Known } from './oracle.ts';

export interface EnteredRecord {
  readonly key: string;
  readonly scopeState: ScopeState;
  /** What the endpoint had applied then. */
  readonly applied: Knowledge;
}

/** What survives a crash of one device: its database (each change of it one transaction) and its own-operation journal. */
export interface Disk {
  readonly device: string;
  readonly base: Snapshot;
  readonly baseKnowledge: Known | null;
  readonly entries: readonly Entry[];
  readonly cursor: Cursor;
  /** What the endpoint said it holds when nothing was missing here: settled, it can no longer be refused. */
  readonly settled: VersionVector;
  readonly entered: readonly EnteredRecord[];
  /** Keys of the records in scope; null for a device that holds everything. */
  readonly scope: ReadonlySet<string> | null;
  /** Journal lines by device id; the last line of one may be cut. */
  readonly journal: Readonly<Record<string, readonly string[]>>;
}

export function emptyDisk(device: string, scope: ReadonlySet<string> | null): Disk {
  return {
    device,
    base: emptySnapshot,
    baseKnowledge: null,
    entries: [],
    cursor: { epoch: '', position: 0 },
    settled: {},
    entered: [],
    scope,
    journal: {},
  };
}

/** IndexedDB is gone; the journal and which records are wanted are not. */
export function wipeDatabase(disk: Disk): Disk {
  return { ...emptyDisk(disk.device, disk.scope === null ? null : new Set()), journal: disk.journal };
}

export function appendJournal(disk: Disk, line: string): Disk {
  const lines = disk.journal[disk.device] ?? [];
  return { ...disk, journal: { ...disk.journal, [disk.device]: [...lines, line] } };
}
