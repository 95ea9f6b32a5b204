import type { EntityKind } from '../../shared/domain/entities.ts';
import type { RecordValues, Refusal } from '../../shared/domain/change.ts';
import type { ChangeWatchQuery, ChangeWatchResults } from './changes/changes-api.ts';
import type { ImpactWatchQuery, ImpactWatchResults } from './impact/impact-api.ts';
import type { ProblemWatchQuery, ProblemWatchResults } from './problems/problem-api.ts';
import type { ServiceLevelCalls, TargetsQuery, TargetsView } from './service-levels/target-view.ts';
import type { Dot, FieldValue } from '../../shared/sync/operation.ts';
import type { Result } from '../../shared/result.ts';
import type { SearchQuery, SearchView } from './search/search-api.ts';
import type { ExchangeCalls, JobState } from './exchange/exchange-api.ts';
import type { FieldConflict, SyncCalls, SyncWatchQuery, SyncWatchResults } from './sync-api.ts';

/**
 * The contract between the page and the data worker (D15). The page holds no rows: it asks (`call`) and it is told
 * (`watch`). Everything here must survive structured cloning.
 */

/** One condition of a filter; conditions are joined by AND. `in` with null among the values matches "not set". */
export type Condition =
  | { readonly field: string; readonly op: 'in' | 'not-in'; readonly values: readonly (string | null)[] }
  /** Half-open interval of instants (ms) or counts; an absent bound is open. */
  | { readonly field: string; readonly op: 'between'; readonly from?: number; readonly to?: number }
  /** The record waits for the network / has heads in review. */
  | { readonly field: '$pending' | '$conflict'; readonly op: 'is'; readonly value: boolean };

export interface Sort {
  /** A column, or `$updatedAt`. */
  readonly field: string;
  readonly direction: 'ascending' | 'descending';
}

export interface ListQuery {
  readonly type: 'list';
  readonly entity: EntityKind;
  readonly where: readonly Condition[];
  /** Words as typed, matched as prefixes against everything searched; '' for none. */
  readonly search: string;
  readonly sort: readonly Sort[];
  /** The rows wanted, by position. Counts and positions cover the whole result. */
  readonly offset: number;
  readonly limit: number;
}

/** What a list shows of a record: its columns, with the titles of the records it points to. */
export interface Row {
  readonly id: string;
  readonly values: RecordValues;
  readonly titles: Readonly<Record<string, string>>;
  readonly updatedAt: number;
  readonly pending: boolean;
  readonly conflict: boolean;
}

export interface ListResult {
  readonly total: number;
  readonly offset: number;
  readonly rows: readonly Row[];
}

export interface RecordQuery {
  readonly type: 'record';
  readonly id: string;
}

export interface RecordView {
  readonly entity: EntityKind;
  readonly id: string;
  readonly values: RecordValues;
  readonly titles: Readonly<Record<string, string>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly pending: boolean;
  readonly conflicts: readonly FieldConflict[];
}

/** History of one record, newest last. */
export interface TimelineQuery {
  readonly type: 'timeline';
  readonly id: string;
}

export interface TimelineEntry {
  readonly dot: Dot;
  /** When it happened (ms): `occurredAt` of the operation, else its wall time. */
  readonly at: number;
  readonly user: string;
  readonly userName: string;
  readonly command: string;
  readonly changes: readonly {
    readonly field: string;
    readonly before: FieldValue;
    readonly after: FieldValue;
    readonly beforeTitle?: string;
    readonly afterTitle?: string;
  }[];
  readonly comment: { readonly id: string; readonly audience: string; readonly body: string } | null;
  readonly pending: boolean;
}

/** How many records match, for the views of the sidebar. Keys are the caller's. */
export interface CountsQuery {
  readonly type: 'counts';
  readonly entity: EntityKind;
  readonly of: Readonly<Record<string, readonly Condition[]>>;
}

/** Values a column holds with their counts, greatest first: filter menus and dashboards. */
export interface FacetQuery {
  readonly type: 'facet';
  readonly entity: EntityKind;
  readonly field: string;
  readonly where: readonly Condition[];
}

export interface Facet {
  readonly value: string | null;
  readonly title: string;
  readonly count: number;
}

/** Records to choose from in a picker: title starts with, or has a word that starts with, `text`. At most `limit`. */
export interface ChoicesQuery {
  readonly type: 'choices';
  readonly entity: EntityKind;
  readonly text: string;
  readonly where: readonly Condition[];
  readonly limit: number;
}

/** The long job under way (import, export, undo of an import). */
export interface JobQuery {
  readonly type: 'job';
}

export interface StatusQuery {
  readonly type: 'status';
}

/** Health of the data on this device, for the status bar, the sync centre and the recovery screen. */
export interface DataStatus {
  /** The person at this desk; null until the space is open. */
  readonly user: { readonly id: string; readonly name: string } | null;
  readonly phase: 'opening' | 'recovering' | 'ready' | 'read-only' | 'failed';
  /** Records of each kind on this device. */
  readonly records: Readonly<Partial<Record<EntityKind, number>>>;
  readonly operations: number;
  /** Own operations no authority has yet, and the wall time (ms) of the oldest. */
  readonly waiting: number;
  readonly waitingSince: number | null;
  readonly conflicts: number;
  /** What start-up found and mended; null when all was well. Shown until the person has seen it. */
  readonly recovery: RecoveryReport | null;
  readonly storage: 'ok' | 'low' | 'full';
  /** Why the phase is `read-only` or `failed`: an i18n key. */
  readonly reason: string | null;
}

export interface RecoveryReport {
  readonly cause: 'database-emptied' | 'database-behind' | 'database-damaged' | 'journal-damaged';
  /** As Chromium said it, and which lines of the journal could not be read. */
  readonly detail: string;
  /** Records the database was last known to hold; null when nothing says so. */
  readonly recordsBefore: number | null;
  /** Records that were still in it. */
  readonly recordsFound: number;
  readonly recordsAfter: number;
  /** Records taken from a snapshot, when it was made (ms), and how many newer ones were damaged themselves. */
  readonly fromSnapshot: number;
  readonly snapshotAt: number | null;
  readonly damagedSnapshots: number;
  /** Changes the journals had, and how many of them the rest did not have. */
  readonly inJournal: number;
  readonly fromJournal: number;
  /** Changes that are in none of the copies. */
  readonly lost: number;
  /** What was done to the journal: written again from the database, or begun anew under a new device id. */
  readonly journal: 'written-again' | 'new-device' | null;
}

export interface WatchResults extends SyncWatchResults, ImpactWatchResults, ChangeWatchResults, ProblemWatchResults {
  readonly list: ListResult;
  readonly record: RecordView | null;
  readonly timeline: readonly TimelineEntry[];
  readonly counts: Readonly<Record<string, number>>;
  readonly facet: readonly Facet[];
  readonly choices: readonly Row[];
  readonly status: DataStatus;
  readonly job: JobState | null;
  readonly targets: TargetsView;
  readonly search: SearchView;
}
export type WatchQuery =
  | ListQuery
  | RecordQuery
  | TimelineQuery
  | CountsQuery
  | FacetQuery
  | ChoicesQuery
  | SearchQuery
  | StatusQuery
  | JobQuery
  | TargetsQuery
  | ImpactWatchQuery
  | ChangeWatchQuery
  | ProblemWatchQuery
  | SyncWatchQuery;

export interface OpenRequest {
  readonly space: string;
  /** Fill a space that has never been used with the demo. */
  readonly demo: boolean;
  /** Build of Chromium, for the sentinel: an upgrade is treated as a storage migration. */
  readonly chromium: string;
}

/** Saved: one strict transaction and the fsynced journal hold it. `dots` name the operations, for undo. */
export interface Saved {
  readonly dots: readonly Dot[];
  readonly ids: readonly string[];
}
export type CommandOutcome = Result<Saved, Refusal>;

export interface DataCalls extends ExchangeCalls, SyncCalls, ServiceLevelCalls {
  readonly open: { readonly input: OpenRequest; readonly output: DataStatus };
  /** Runs a command by name; resolves when saved. The change shows in every watch before that. */
  readonly command: {
    readonly input: { readonly name: string; readonly input: unknown };
    readonly output: CommandOutcome;
  };
  /** Undoes as a new operation: each field returns to what it was, if nobody has changed it since. */
  readonly undo: { readonly input: { readonly dots: readonly Dot[] }; readonly output: CommandOutcome };
  readonly query: { readonly input: WatchQuery; readonly output: WatchResults[WatchQuery['type']] };
  /** Hash over the values of every record, equal for equal content whatever its history. */
  readonly contentDigest: {
    readonly input: { readonly entity: EntityKind | null };
    readonly output: { readonly digest: string; readonly records: number };
  };
  readonly takeSnapshot: {
    readonly input: null;
    readonly output: { readonly records: number; readonly bytes: number };
  };
  readonly checkIntegrity: {
    readonly input: null;
    readonly output: { readonly checked: number; readonly problems: readonly string[] };
  };
  readonly acknowledgeRecovery: { readonly input: null; readonly output: null };
}
