import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import type { Cursor } from '../../../shared/sync/exchange.ts';
import type { ImportReport } from '../../../shared/exchange/import-report.ts';
import type { SavedTable } from '../columns/column-table.ts';
import type { RemoteRows } from './remote-rows.ts';
import type { Reopening } from './reopening.ts';
import { dropColumns, upgradeRows } from './upgrade-rows.ts';

/** Operations as they were committed: one row a user action, many in a row when they come in bulk. */
export interface LogRow {
  /** Local order of arrival; bodies point to it. Not the device's sequence number. */
  readonly key?: number;
  /** NDJSON: own operations as in the journal; an excerpt or a refusal under the key that tells what it is. */
  readonly lines: string;
  readonly count: number;
}

/** A body changed since the last consolidation. */
export interface DeltaRow {
  readonly id: string;
  /** The body in its stored form (body-codec.ts). */
  readonly body: string;
}

/**
 * Many bodies in one row: a record a row is what makes every peer slow (D15). Each is a text of its own, so that only the
 * one that is wanted is parsed.
 */
export interface SegmentRow {
  readonly key: number;
  /** Records in it, and their bodies in the same order. */
  readonly ids: readonly string[];
  readonly bodies: readonly string[];
}

/** Saved columns of one kind. At start, segments after `segment` and the whole delta store are read over them. */
export interface SnapshotRow {
  readonly kind: string;
  /** Highest segment key when the columns were copied; the same in all rows of one snapshot. */
  readonly segment: number;
  readonly table: SavedTable;
}

/** How many segments there are: a store with fewer has lost some. Written with every change of segments. */
export interface LayoutRow {
  readonly name: 'segments';
  readonly count: number;
  readonly lastKey: number;
}

/**
 * What this device remembers of an import besides its operations, in rows of their own beside the layout. A database
 * that is rebuilt is without them: nothing depends on it.
 */
export interface ImportNoteRow {
  readonly name: `import:${string}`;
  readonly file: string;
  readonly report: ImportReport;
}

/** How far the exchange with the endpoint is; absent before the first contact. */
export interface RemoteMeta {
  /** The space at the endpoint: another's pages and answers are not taken. */
  readonly space: string;
  /** Where the last page pulled ended, in the same transaction as the page (I6). */
  readonly cursor: Cursor | null;
  /** What stands for all this desk may see, as the endpoint said when it was last fetched whole. */
  readonly scope: string;
  /** Clock of the endpoint less ours, in ms. */
  readonly clockOffset: number | null;
  /** Ids of records that left the scope and wait for their own operations to be acknowledged. */
  readonly leaving: readonly string[];
  /** Records (`entity/id`) that must be fetched anew: what is here of them is not enough to keep them up. */
  readonly stale?: readonly string[];
  /** Whether records ever came into scope or left it: else no page need look. */
  readonly isFiltered: boolean;
  /** A snapshot of which not all parts are here yet. */
  readonly halfTaken?: HalfTaken;
  /** Head of the log when it was last read from its beginning, and devices whose chain could not be followed there. */
  readonly reread: { readonly upTo: number; readonly unfit: readonly string[] };
}

/** How far a snapshot of the endpoint has come in: its records are shown, but not yet counted as held. */
export interface HalfTaken {
  readonly hash: string;
  /** The part to take next, and how many there are. */
  readonly next: number;
  readonly parts: number;
  /** Nothing of others was here before. */
  readonly isFirst: boolean;
  /** It could not be completed: all records are fetched instead. */
  readonly isGivenUp?: boolean;
}

/** A device id this desk wrote under before it was renewed: `last` operations, numbered on from `base`. */
export interface FormerDevice {
  readonly device: string;
  readonly last: number;
  readonly base: number;
  /** The device these operations are read under from `partedAt` on, when a clone's chain has kept the name. */
  readonly branch?: { readonly device: string; readonly partedAt: number };
}

/** The one row that says how far this database is; written in every transaction that changes anything. */
export interface MetaRow {
  readonly name: 'space';
  readonly databaseId: string;
  readonly schemaVersion: number;
  readonly device: string;
  /** Per device: highest contiguous sequence number held, and the hash of that operation. */
  readonly vector: Readonly<Record<string, number>>;
  readonly hashes: Readonly<Record<string, string>>;
  /** Last reading of the hybrid logical clock. */
  readonly clock: readonly [wallMs: number, counter: number];
  readonly user: string;
  /** Up to which of its own operations (see own-number.ts) an authority has them; null while there is no authority. */
  readonly acknowledgedSeq: number | null;
  /** Wall time (ms) of the oldest own operation no authority has; null when there is none. */
  readonly waitingSince?: number | null;
  /** Device ids this desk had before, oldest first (see own-number.ts). */
  readonly former?: readonly FormerDevice[];
  readonly remote?: RemoteMeta;
  /** Key of the last log row that `places` knows. */
  readonly placesUpTo?: number;
  /** Counter behind device references (INC-K3V9-17), by prefix. */
  readonly references: Readonly<Record<string, number>>;
  readonly operations: number;
  /** Rows of the log and the key of the last: a log with fewer rows has lost some. */
  readonly logRows: number;
  readonly lastLogKey: number;
  /** Why this database is being rebuilt; there until it is whole. */
  readonly rebuilding?: { readonly cause: 'database-emptied' | 'database-damaged'; readonly detail: string };
}

export interface StoredRows extends RemoteRows {
  readonly ops: LogRow;
  readonly delta: DeltaRow;
  readonly segments: SegmentRow;
  readonly snapshot: SnapshotRow;
  readonly layout: LayoutRow;
  readonly meta: MetaRow;
}
export type StoreName = keyof StoredRows;

const localStores = {
  ops: '++key',
  delta: 'id',
  segments: '++key',
  snapshot: 'kind',
  layout: 'name',
  meta: 'name',
};

const remoteStores: Readonly<Record<keyof RemoteRows, string>> = {
  voidings: 'dot',
  quarantine: 'dot',
  refused: 'dot',
  attestations: 'key',
  places: 'key',
  scope: 'key',
  branches: 'key',
};

/** The truth of one space. No secondary indexes on the bulk stores (D15). */
export class Database extends Dexie {
  declare readonly ops: Table<LogRow, number>;
  declare readonly delta: Table<DeltaRow, string>;
  declare readonly segments: Table<SegmentRow, number>;
  declare readonly snapshot: Table<SnapshotRow, string>;
  declare readonly layout: Table<LayoutRow, string>;
  declare readonly meta: Table<MetaRow, string>;
  declare readonly voidings: Table<RemoteRows['voidings'], string>;
  declare readonly quarantine: Table<RemoteRows['quarantine'], string>;
  declare readonly refused: Table<RemoteRows['refused'], string>;
  declare readonly attestations: Table<RemoteRows['attestations'], string>;
  declare readonly places: Table<RemoteRows['places'], string>;
  declare readonly scope: Table<RemoteRows['scope'], string>;
  declare readonly branches: Table<RemoteRows['branches'], string>;
  /** How it is opened again while it is in use; set once the space is open. */
  declare reopening?: Reopening;

  constructor(name: string) {
    // User actions must survive a power cut; Chromium's default (relaxed) does not.
    super(name, { chromeTransactionDurability: 'strict', autoOpen: false });
    this.version(1).stores(localStores);
    // Bodies as texts.
    this.version(2).stores(localStores).upgrade(upgradeRows);
    // Columns with packed texts.
    this.version(3).stores(localStores).upgrade(dropColumns);
    // The exchange with endpoints.
    this.version(4).stores({ ...localStores, ...remoteStores });
    // Columns of assets and their relations.
    this.version(5)
      .stores({ ...localStores, ...remoteStores })
      .upgrade(dropColumns);
  }
}

export function databaseName(space: string): string {
  return `holdfast-${space}`;
}
