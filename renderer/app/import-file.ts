import type { FileHandle } from '../data/exchange/exchange-api.ts';
import type { Desk } from '../widgets/desk.ts';

/** Lets the person choose a file and imports it with the mapping its columns suggest; tells what became of it. */
export async function importFile(desk: Desk): Promise<void> {
  const opened = await desk.services.desktop.call('fileOpen', { purpose: 'import' });
  if (!opened.ok || opened.value === null) return;
  await importAndTell(desk, opened.value);
}

export async function importAndTell(desk: Desk, file: FileHandle): Promise<void> {
  const { report, failure } = await desk.services.data.call('importFile', {
    file,
    zone: desk.services.info.timeZone,
    dryRun: false,
  });
  if (failure)
    desk.runner.tell(
      desk.translate('import.failed', { detail: 'detail' in failure ? failure.detail : failure.kind }),
      'refused',
    );
  if (report)
    desk.runner.tell(
      desk.translate('import.done', {
        created: report.records.ticket?.created ?? 0,
        steps: report.steps,
        refused: report.rowsRefused,
      }),
    );
  await desk.services.desktop.call('fileClose', { handle: file.handle });
}
