import type { FieldValue } from '../sync/operation.ts';
import type { ReportBuilder } from './import-report.ts';
import { priorityDiffers, type Fields } from './ticket-defaults.ts';
import type { UpdateRow } from './update-log.ts';
import type { NoteReason } from './value-verdict.ts';

/** Notes what is strange about a ticket's history but was taken as it stands. `read`: its rows as the file has them. */
export function noteOddities(
  key: string,
  read: readonly UpdateRow[],
  rows: readonly UpdateRow[],
  final: Fields,
  report: ReportBuilder,
): void {
  const note = (reason: NoteReason, { row, line }: UpdateRow, value: string): void => {
    report.add({ kind: 'noted', reason, row, line, column: '', value, expected: '' });
  };
  rows.forEach((row, index) => {
    if (row !== read[index]) note('out-of-order', row, key);
  });
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return;
  if (priorityDiffers(final)) note('priority-differs-from-matrix', last, key);
  if (isBefore(final['closedAt'], final['resolvedAt'])) note('closed-before-resolved', last, key);
  if (isBefore(first.at, final['openedAt'])) note('updated-before-opened', first, key);
}

function isBefore(left: FieldValue | undefined, right: FieldValue | undefined): boolean {
  return typeof left === 'number' && typeof right === 'number' && left < right;
}
