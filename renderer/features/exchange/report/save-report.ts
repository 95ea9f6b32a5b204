import { reportCsv } from '../../../../shared/exchange/report-csv.ts';
import type { ImportReport } from '../../../../shared/exchange/import-report.ts';
import type { Desk } from '../../../widgets/desk.ts';
import { isExchangeKey, type ExchangeKey } from '../exchange-text.ts';

/** Saves what the report tells of cells and rows as CSV, where the person says. */
export async function saveReport(desk: Desk, file: string, report: ImportReport): Promise<void> {
  const { desktop } = desk.services;
  const suggestedName = desk.translate('report.file-name', { file }).slice(0, 120);
  const begun = await desktop.call('fileSaveBegin', { suggestedName, kind: 'csv' });
  if (!begun.ok)
    return desk.runner.tell(desk.translate('failure.write-failed', { detail: begun.failure.message }), 'refused');
  if (begun.value === null) return;
  const { handle, name } = begun.value;
  const key = (of: string): ExchangeKey | null => (isExchangeKey(of) ? of : null);
  const csv = reportCsv(report, {
    column: (column) => desk.translate(`finding.column.${column}`),
    kind: (kind) => desk.translate(`finding.${kind}`),
    reason: (reason) => {
      const known = key(`reason.${reason}`);
      return known === null ? reason : desk.translate(known);
    },
  });
  const written = await desktop.call('fileSaveWrite', { handle, bytes: new TextEncoder().encode(csv) });
  const ended = await desktop.call('fileSaveEnd', { handle, outcome: written.ok ? 'keep' : 'discard' });
  const failed = written.ok ? ended : written;
  if (failed.ok) desk.runner.tell(desk.translate('report.saved', { name }));
  else desk.runner.tell(desk.translate('failure.write-failed', { detail: failed.failure.message }), 'refused');
}
