import type { EntityKind } from '../../../shared/domain/entities.ts';
import type { ImportReport } from '../../../shared/exchange/import-report.ts';
import type { Mapping, PresetName } from '../../../shared/exchange/mapping.ts';
import type { Result } from '../../../shared/result.ts';
import type { Condition, Sort } from '../data-api.ts';
import type { ExportOutcome } from './export-job.ts';
import type { JobFailure, JobProgress } from './ports.ts';
import type { ImportPreview } from './preview-import.ts';
import type { TableForm } from './read-table.ts';
import type { UndoImportOutcome } from './undo-import-job.ts';

/** The part of the contract between page and data worker that is about import and export. */

/** A file main holds, by its handle. */
export interface FileHandle {
  readonly handle: string;
  readonly name: string;
  readonly bytes: number;
}

/** A file dropped on the window: the page has its bytes, main knows nothing of it. */
export interface DroppedFile {
  readonly blob: Blob;
  readonly name: string;
  readonly bytes: number;
}
export type ImportFile = FileHandle | DroppedFile;

export const jobKinds = ['dry-run', 'import', 'undo-import', 'export'] as const;
export type JobKind = (typeof jobKinds)[number];

/** The long job under way, for every window. */
export interface JobState extends JobProgress {
  readonly kind: JobKind;
  /** File it reads or writes; of an undo the file that was imported, '' if it is not known. */
  readonly name: string;
  readonly cancelled: boolean;
}

export interface ImportFileOutcome {
  /** Null when the file could not even be begun. */
  readonly report: ImportReport | null;
  readonly failure: JobFailure | null;
}

/** An import found in the log of this space, whoever made it on whichever device. */
export interface PastImport {
  readonly importId: string;
  /** When it was begun, ms. */
  readonly at: number;
  readonly userName: string;
  readonly operations: number;
  /** When somebody took it back (ms), or null. */
  readonly undoneAt: number | null;
  /** Kept on the device that imported; null elsewhere. */
  readonly note: ImportNote | null;
}

/** What the importing device remembers of an import besides the operations. */
export interface ImportNote {
  readonly file: string;
  readonly report: ImportReport;
}

/** The list to export, as it stands on the screen. */
export interface ExportedList {
  readonly entity: EntityKind;
  readonly where: readonly Condition[];
  readonly search: string;
  readonly sort: readonly Sort[];
}

export interface ExchangeCalls {
  /** Reads the beginning of a file and judges it by the mapping given, else by the one it suggests. */
  readonly previewImport: {
    readonly input: {
      readonly file: ImportFile;
      readonly zone: string;
      readonly mapping?: Mapping;
      readonly form?: TableForm;
      readonly entity?: EntityKind;
      readonly preset?: PresetName;
    };
    readonly output: Result<ImportPreview, JobFailure>;
  };
  /** Imports a file; without a mapping, by the one its header and first rows suggest. One job runs at a time. */
  readonly importFile: {
    readonly input: {
      readonly file: ImportFile;
      readonly zone: string;
      readonly dryRun: boolean;
      readonly mapping?: Mapping;
      readonly form?: TableForm;
    };
    readonly output: ImportFileOutcome;
  };
  /** Takes back one import. A dry run only counts what that would do. */
  readonly undoImport: {
    readonly input: { readonly importId: string; readonly dryRun: boolean };
    readonly output: UndoImportOutcome;
  };
  /** Newest first. */
  readonly pastImports: { readonly input: null; readonly output: readonly PastImport[] };
  /**
   * Writes a list as CSV into a file that `fileSaveBegin` opened, and ends the saving. `fields` null: all of the
   * registry. `of: 'entries'` writes the comments and work notes of the records instead.
   */
  readonly exportList: {
    readonly input: {
      readonly handle: string;
      readonly name: string;
      readonly list: ExportedList;
      readonly of: 'records' | 'entries';
      readonly fields: readonly string[] | null;
    };
    readonly output: ExportOutcome;
  };
  readonly cancelJob: { readonly input: null; readonly output: null };
}
