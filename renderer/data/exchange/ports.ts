import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { ExportedRecord, NameReference } from '../../../shared/exchange/csv-export.ts';
import type { ImportPorts, ImportStep } from '../../../shared/exchange/import-step.ts';
import type { ImportedRecord, ImportUndo } from '../../../shared/exchange/undo-import.ts';

/** A file the person chose: main holds it, only bytes come here (D12). */
export interface FileSource {
  readonly name: string;
  readonly bytes: number;
  /** At most `length` bytes from `offset`; fewer only at the end of the file. */
  readonly readChunk: (offset: number, length: number) => Promise<Uint8Array>;
}

export interface JobProgress {
  /** Bytes read of how many; of an export records written of how many. */
  readonly done: number;
  readonly total: number;
  readonly rows: number;
  readonly rowsPerSecond: number;
  /** Seconds left at this rate; null before there is one. */
  readonly secondsLeft: number | null;
}

export interface JobControl {
  /** Wall time in ms. */
  readonly now: () => number;
  readonly progress: (progress: JobProgress) => void;
  /** The person asked to stop. What is committed stays, and can be undone as one import. */
  readonly cancelled: () => boolean;
}

export interface ImportJobPorts extends ImportPorts, JobControl {
  /** Resolves when the steps are saved, each as one operation with `at` as its `occurredAt`. Rejects when nothing can be written. */
  readonly commitSteps: (steps: readonly ImportStep[], import_: { readonly importId: string }) => Promise<void>;
}

export interface ExportJobPorts extends JobControl {
  /**
   * The rows of `limit` records from `offset`, in order, with all their values. A record may give none (deleted since)
   * or several (its entries).
   */
  readonly page: (offset: number, limit: number) => Promise<readonly ExportedRecord[]>;
  /** Records to go through. */
  readonly total: number;
  readonly entity: EntityKind;
  /** Fields to write, null for all; `updatedAt` is the time of the last change. */
  readonly fields: readonly string[] | null;
  readonly nameReference: NameReference;
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
}

export interface UndoImportPorts extends JobControl {
  /** The records an import touched, `limit` at a time, those made last first; `cursor` of the page before, null at first. */
  readonly imported: (
    importId: string,
    cursor: number | null,
    limit: number,
  ) => Promise<{ readonly records: readonly ImportedRecord[]; readonly next: number | null; readonly total: number }>;
  /**
   * Writes an undo as operations with this command; the deletion marks are the worker's to make. Returns how many
   * records somebody has worked on since they were read: they are left.
   */
  readonly commitUndo: (undo: ImportUndo, command: string) => Promise<number>;
}

export type JobFailure =
  /** The file cannot be read any further; what came before it counts. */
  | { readonly kind: 'read-failed' | 'archive-damaged'; readonly detail: string }
  /** The space takes no more (disk full, read-only). */
  | { readonly kind: 'write-failed'; readonly detail: string }
  | { readonly kind: 'empty-file' }
  /** No table in text: a spreadsheet's own format, a picture, an archive. */
  | { readonly kind: 'not-text' }
  /** Another job runs: one at a time. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'mapping-does-not-fit'; readonly detail: string };
