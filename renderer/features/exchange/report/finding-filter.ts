import type { Finding, FindingCount, FindingKind, ImportReport } from '../../../../shared/exchange/import-report.ts';

export interface FindingFilter {
  readonly kind: FindingKind | 'all';
  /** Reason and column as `reasonKey` joins them; null for all. */
  readonly group: string | null;
  /** Part of a column's name or a value. */
  readonly words: string;
}

export const everyFinding: FindingFilter = { kind: 'all', group: null, words: '' };

export function groupKey({ kind, reason, column }: Pick<Finding, 'kind' | 'reason' | 'column'>): string {
  return `${kind} ${reason} ${column}`;
}

export function filterFindings(report: ImportReport, filter: FindingFilter): readonly Finding[] {
  const words = filter.words.trim().toLowerCase();
  return report.findings.filter(
    (finding) =>
      (filter.kind === 'all' || finding.kind === filter.kind) &&
      (filter.group === null || groupKey(finding) === filter.group) &&
      (words === '' || `${finding.column} ${finding.value}`.toLowerCase().includes(words)),
  );
}

/** How many findings there were of what the filter lets through, those not told in full included; null with words. */
export function countFindings(report: ImportReport, filter: FindingFilter): number | null {
  if (filter.words.trim() !== '') return null;
  return countsOf(report, filter.kind)
    .filter((count) => filter.group === null || groupKey(count) === filter.group)
    .reduce((sum, { count }) => sum + count, 0);
}

export function countsOf(report: ImportReport, kind: FindingFilter['kind']): readonly FindingCount[] {
  return report.counts.filter((count) => kind === 'all' || count.kind === kind);
}
