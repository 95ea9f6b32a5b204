import type { Change } from '../domain/change.ts';
import { importCommand, type ImportOptions, type ImportStep } from './import-step.ts';

/** Records in one operation: at some 250 bytes each they stay far below its size limit. */
const recordsPerStep = 100;

/** The people, queues and so on that a batch names, made by the person who imports, before anything points to them. */
export function referenceSteps(changes: readonly Change[], options: ImportOptions): ImportStep[] {
  const steps: ImportStep[] = [];
  for (let from = 0; from < changes.length; from += recordsPerStep) {
    steps.push({
      at: options.now,
      user: options.user,
      command: importCommand(options.importId, 'references'),
      changes: changes.slice(from, from + recordsPerStep),
    });
  }
  return steps;
}
