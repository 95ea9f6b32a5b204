import { Dexie } from 'dexie';
import type { Table } from 'dexie';
import type { ImportReport } from '../../../shared/exchange/import-report.ts';
import type { SavedTable } from '../columns/column-table.ts';
import { dropColumns, upgradeRows } from './upgrade-rows.ts';

/** Operations as they were committed: one row a user action, many in a row when they come in bulk. */
export interface LogRow {
  /** Local order of arrival; bodies point to it. Not the device's sequence number. */
  readonly key?: number;
  /** NDJSON, the same bytes as in the journal. */
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
  /** Highest own sequence number an authority has; null while the space has no authority. */
  readonly acknowledgedSeq: number | null;
  /** Counter behind device references (INC-K3V9-17), by prefix. */
  readonly references: Readonly<Record<string, number>>;
  readonly operations: number;
  /** Rows of the log and the key of the last: a log with fewer rows has lost some. */
  readonly logRows: number;
  readonly lastLogKey: number;
  /** Why this database is being rebuilt; there until it is whole. */
  readonly rebuilding?: { readonly cause: 'database-emptied' | 'database-damaged'; readonly detail: string };
}

export interface StoredRows {
  readonly ops: LogRow;
  readonly delta: DeltaRow;
  readonly segments: SegmentRow;
  readonly snapshot: SnapshotRow;
  readonly layout: LayoutRow;
  readonly meta: MetaRow;
}
export type StoreName = keyof StoredRows;

const stores: Readonly<Record<StoreName, string>> = {
  ops: '++key',
  delta: 'id',
  segments: '++key',
  snapshot: 'kind',
  layout: 'name',
  meta: 'name',
};

/** The truth of one space. No secondary indexes on the bulk stores (D15). */
export class Database extends Dexie {
  declare readonly ops: Table<LogRow, number>;
  declare readonly delta: Table<DeltaRow, string>;
  declare readonly segments: Table<SegmentRow, number>;
  declare readonly snapshot: Table<SnapshotRow, string>;
  declare readonly layout: Table<LayoutRow, string>;
  declare readonly meta: Table<MetaRow, string>;

  constructor(name: string) {
    // User actions must survive a power cut; Chromium's default (relaxed) does not.
    super(name, { chromeTransactionDurability: 'strict', autoOpen: false });
    this.version(1).stores(stores);
    // Bodies as texts.
    this.version(2).stores(stores).upgrade(upgradeRows);
    // Columns with packed texts.
    this.version(3).stores(stores).upgrade(dropColumns);
  }
}

export function databaseName(space: string): string {
  return `holdfast-${space}`;
}
