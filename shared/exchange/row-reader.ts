import type { FieldValue } from '../sync/operation.ts';
import type { CellReader } from './cell-reader.ts';
import type { DataRow } from './csv-record.ts';
import type { ReportBuilder } from './import-report.ts';
import { valueText } from './value-text.ts';

/**
 * Reads every mapped cell of a row and reports what is changed or refused. `take` gets each value, null for a cell that
 * gives none; a refused cell is not given, so that the record keeps what it has.
 */
export function readRow(
  row: DataRow,
  readers: readonly CellReader[],
  report: ReportBuilder,
  take: (reader: CellReader, value: FieldValue, also: Readonly<Record<string, FieldValue>> | undefined) => void,
): void {
  for (const reader of readers) {
    const cell = row.cells[reader.index];
    // A row cut short says nothing about the columns it does not reach.
    if (cell === undefined) continue;
    const verdict = reader.read(cell);
    switch (verdict.kind) {
      case 'missing':
        take(reader, null, undefined);
        break;
      case 'accepted':
        take(reader, verdict.value, verdict.also);
        break;
      case 'changed':
        report.add({
          kind: 'changed',
          reason: verdict.reason,
          row: row.row,
          line: row.line,
          column: reader.column,
          value: cell,
          expected: valueText(verdict.value),
        });
        take(reader, verdict.value, verdict.also);
        break;
      case 'refused':
        report.add({
          kind: 'refused',
          reason: verdict.reason,
          row: row.row,
          line: row.line,
          column: reader.column,
          value: cell,
          expected: verdict.expected,
        });
        break;
    }
  }
}

/** Notes a row that does not fit the header or was not well-formed. Cells too many have no column and are refused. */
export function reportRowShape(row: DataRow, width: number, report: ReportBuilder): void {
  report.rowsRead += 1;
  const where = { row: row.row, line: row.line };
  if (row.broken !== undefined)
    report.add({ kind: 'noted', reason: row.broken, ...where, column: '', value: row.cells.join(' | '), expected: '' });
  if (row.cells.length < width)
    report.add({
      kind: 'noted',
      reason: 'too-few-cells',
      ...where,
      column: '',
      value: String(row.cells.length),
      expected: String(width),
    });
  if (row.cells.length > width && row.cells.slice(width).some((cell) => cell.trim() !== '')) {
    report.add({
      kind: 'refused',
      reason: 'too-many-cells',
      ...where,
      column: '',
      value: row.cells.slice(width).join(' | '),
      expected: String(width),
    });
  }
}

/** Takes over a cell's value. What one cell implies for another field (`also`) never replaces what that field's own cell says. */
export function setField(
  fields: Record<string, FieldValue>,
  name: string,
  value: FieldValue,
  also: Readonly<Record<string, FieldValue>> | undefined,
): void {
  if (value !== null || fields[name] === undefined) fields[name] = value;
  if (also === undefined) return;
  for (const [other, implied] of Object.entries(also)) fields[other] ??= implied;
}
