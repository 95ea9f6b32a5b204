import type { LogRow, RecordRow } from './store.ts';

/**
 * The part of the store port that is about the past: snapshots, the log that went cold, what was purged, and backups.
 * Proven by the same conformance suite as the rest.
 */

/** A snapshot of the whole space, made part by part; `madeAt` is null until its last part is there. */
export interface SnapshotRow {
  readonly hash: string;
  readonly position: number;
  readonly madeAt: number | null;
  /** Last sign of life in ms: of who makes it, then of who fetches it. */
  readonly usedAt: number;
  readonly bytes: number;
  readonly parts: number;
}

/** A copy of the space that somebody keeps elsewhere. */
export interface BackupRow {
  readonly file: string;
  readonly madeAt: number;
  /** Entries of the log up to here are in it. */
  readonly position: number;
}

/** Where a list of records by time of their last change goes on. */
export interface RecordMark {
  readonly position: number;
  readonly record: string;
}

export interface ArchiveReader {
  /** Newest first, also those that are still being made. */
  snapshots(): Promise<readonly SnapshotRow[]>;
  /** What the makers of snapshots keep of one, as JSON. */
  snapshotBook(hash: string): Promise<string | undefined>;
  snapshotPart(hash: string, part: number): Promise<Uint8Array | undefined>;
  /** Records that belong to no other, last changed first; `before` null for the beginning. */
  recordsNewestFirst(before: RecordMark | null, limit: number): Promise<readonly RecordRow[]>;
  /** Keys of records that others belong to, whether they are there or not; in order, after a key. */
  ownersOfParts(after: string, limit: number): Promise<readonly string[]>;
  /** Entries that emptied fields for good, in order. */
  purges(): Promise<readonly LogRow[]>;
  backups(): Promise<readonly BackupRow[]>;
}

export interface ArchiveWriter extends ArchiveReader {
  beginSnapshot(hash: string, now: number): Promise<void>;
  putSnapshotPart(hash: string, part: number, body: Uint8Array, now: number): Promise<void>;
  /** Names what was begun as `hash` by its content; from now on it is offered. */
  endSnapshot(hash: string, row: SnapshotRow, book: string): Promise<void>;
  touchSnapshot(hash: string, at: number): Promise<void>;
  dropSnapshot(hash: string): Promise<void>;
  /**
   * Puts the contents of operations into one compressed segment and raises `minPosition` to the last of `rows`, which
   * follow each other. Places, hashes and history stay where they are.
   */
  coolDown(rows: readonly LogRow[]): Promise<void>;
  /** Other contents for entries, warm or cold, by position; marks them as purged. */
  replaceBodies(bodies: ReadonlyMap<number, string>): Promise<void>;
  putPurge(position: number): Promise<void>;
  putBackup(backup: BackupRow): Promise<void>;
  dropBackup(file: string): Promise<void>;
}
