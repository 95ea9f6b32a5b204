import { csvLine } from './csv-export.ts';
import { escapeFormula } from './formula-escape.ts';
import type { Finding, ImportReport } from './import-report.ts';

export const reportColumns = ['kind', 'row', 'line', 'column', 'value', 'reason', 'expected'] as const;

/** Words of the report in the person's language. */
export interface ReportWords {
  readonly column: (column: (typeof reportColumns)[number]) => string;
  readonly kind: (kind: Finding['kind']) => string;
  readonly reason: (reason: Finding['reason']) => string;
}

/**
 * The findings of an import as CSV for a spreadsheet: byte order mark, no cell that would run as a formula. Findings of
 * which only the first are told in full end in one line with how many there were.
 */
export function reportCsv(report: ImportReport, words: ReportWords): string {
  const cells = (finding: Finding): readonly string[] => [
    words.kind(finding.kind),
    finding.row === 0 ? '' : String(finding.row),
    finding.line === 0 ? '' : String(finding.line),
    escapeFormula(finding.column),
    escapeFormula(finding.value),
    words.reason(finding.reason),
    escapeFormula(finding.expected),
  ];
  const told = new Map<string, number>();
  for (const finding of report.findings) {
    const key = `${finding.kind} ${finding.reason} ${finding.column}`;
    told.set(key, (told.get(key) ?? 0) + 1);
  }
  const more = report.counts
    .filter(({ kind, reason, column, count }) => count > (told.get(`${kind} ${reason} ${column}`) ?? 0))
    .map(({ kind, reason, column, count }) => [
      words.kind(kind),
      '',
      '',
      escapeFormula(column),
      `(${count})`,
      words.reason(reason),
      '',
    ]);
  const lines = [reportColumns.map(words.column), ...report.findings.map(cells), ...more];
  return `\uFEFF${lines.map(csvLine).join('')}`;
}
