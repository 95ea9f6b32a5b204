import type { Finding } from '../../../shared/exchange/import-report.ts';

export type RowVerdict = 'taken' | 'changed' | 'partly' | 'refused';

/** Reasons for which nothing of a row is stored; other refusals concern one cell. */
const wholeRow: ReadonlySet<string> = new Set(['no-key', 'no-time', 'another-kind', 'not-an-id', 'nothing-in-row']);

/** What becomes of one row, from everything found about it. */
export function rowVerdict(findings: readonly Finding[]): RowVerdict {
  if (findings.some(({ kind, reason }) => kind === 'refused' && wholeRow.has(reason))) return 'refused';
  if (findings.some(({ kind }) => kind === 'refused')) return 'partly';
  return findings.some(({ kind }) => kind === 'changed') ? 'changed' : 'taken';
}

export function findingsByRow(findings: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> {
  const rows = new Map<number, Finding[]>();
  for (const finding of findings) rows.set(finding.row, [...(rows.get(finding.row) ?? []), finding]);
  return rows;
}
