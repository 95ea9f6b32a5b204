import { importCommand } from '../../../shared/exchange/import-step.ts';
import { planImportUndo } from '../../../shared/exchange/undo-import.ts';
import { progressMeter } from './progress-meter.ts';
import type { JobFailure, UndoImportPorts } from './ports.ts';

const recordsPerPage = 500;

export interface UndoImportOutcome {
  readonly deleted: number;
  readonly restored: number;
  /** Left because somebody has worked on them since. */
  readonly keptRecords: number;
  readonly keptFields: number;
  readonly cancelled: boolean;
  readonly failure: JobFailure | null;
}

/**
 * Takes back one whole import. Stopped in the middle it can be run again: what is undone already is left out. A dry run
 * counts only, for the person to agree.
 */
export async function runUndoImport(
  importId: string,
  dryRun: boolean,
  ports: UndoImportPorts,
): Promise<UndoImportOutcome> {
  const outcome = { deleted: 0, restored: 0, keptRecords: 0, keptFields: 0 };
  let meter: ReturnType<typeof progressMeter> | undefined;
  let cursor: number | null = null;
  let seen = 0;
  try {
    for (;;) {
      if (ports.cancelled()) return { ...outcome, cancelled: true, failure: null };
      const page: Awaited<ReturnType<UndoImportPorts['imported']>> = await ports.imported(
        importId,
        cursor,
        recordsPerPage,
      );
      const undo = planImportUndo(page.records);
      const isEmpty = undo.deletions.length + undo.changes.length === 0;
      const left = dryRun || isEmpty ? 0 : await ports.commitUndo(undo, importCommand(importId, 'undo'));
      outcome.deleted += undo.deletions.length - left;
      outcome.restored += undo.changes.length;
      outcome.keptRecords += undo.keptRecords + left;
      outcome.keptFields += undo.keptFields;
      seen += page.records.length;
      meter ??= progressMeter(ports, page.total);
      meter(seen, seen);
      if (page.next === null) return { ...outcome, cancelled: false, failure: null };
      cursor = page.next;
    }
  } catch (error) {
    return {
      ...outcome,
      cancelled: false,
      failure: { kind: 'write-failed', detail: error instanceof Error ? error.message : String(error) },
    };
  }
}
