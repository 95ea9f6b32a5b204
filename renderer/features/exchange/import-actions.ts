import type { ImportFile, ImportFileOutcome } from '../../data/exchange/exchange-api.ts';
import type { JobFailure } from '../../data/exchange/ports.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { undoSlice } from '../../store/undo-slice.ts';
import type { Desk } from '../../widgets/desk.ts';
import { isExchangeKey } from './exchange-text.ts';
import { importSessionOf } from './use-import.ts';

/** Name of the screen in the place a person is at. */
export const importScreen = 'exchange';

export function showImport(desk: Pick<Desk, 'dispatch'>): void {
  desk.dispatch(navigationSlice.actions.wentTo({ screen: importScreen, view: 'import', record: null }));
}

/** Opens the screen; with no import under way and no file chosen yet, the open dialog with it. */
export async function openImport(desk: Desk): Promise<void> {
  const session = importSessionOf(desk);
  showImport(desk);
  const { step } = session.getState();
  if (step === 'file') await session.choose();
}

/** Begins with a file that a person dropped or named. */
export async function beginImport(desk: Desk, file: ImportFile): Promise<void> {
  showImport(desk);
  await importSessionOf(desk).open(file);
}

/** A file of the command line is imported at once by what its columns suggest, unless they leave a question open. */
export async function importNow(desk: Desk, file: ImportFile): Promise<void> {
  const session = importSessionOf(desk);
  await beginImport(desk, file);
  const { preview } = session.getState();
  if (preview !== null && preview.problems.length === 0) await runImport(desk);
}

/** Imports what the screen stands at; one step of undo for all of it. Tells a person who has gone elsewhere. */
export async function runImport(desk: Desk): Promise<void> {
  const session = importSessionOf(desk);
  const outcome = await session.run(({ importId, steps }) => {
    const label = desk.translate('import.undo-label');
    if (steps > 0) desk.dispatch(undoSlice.actions.did({ dots: [], importId, label }));
  });
  if (outcome === null) return;
  if (desk.getState().navigation.place.screen !== importScreen) tellOutcome(desk, outcome);
  // Reads the whole log: nothing waits for it.
  await session.loadPast();
}

function tellOutcome(desk: Desk, { report, failure }: ImportFileOutcome): void {
  if (failure !== null) desk.runner.tell(failureText(failure, desk.translate), 'refused');
  else if (report !== null)
    desk.runner.tell(
      desk.translate('import.done', { rows: report.rowsRead, steps: report.steps, refused: report.rowsRefused }),
    );
}

/** Asks, with what it would take back, before an import is undone. */
export function askToUndo(desk: Pick<Desk, 'dispatch'>, importId: string): void {
  desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'import-undo', ids: [importId] }));
}

/** What went wrong, what it means and what to do. */
export function failureText(
  failure: JobFailure,
  translate: (key: string, values?: Readonly<Record<string, string | number>>) => string,
): string {
  const key = `failure.${failure.kind}`;
  const detail = 'detail' in failure ? failure.detail : '';
  return translate(isExchangeKey(key) ? key : 'failure.read-failed', { detail });
}
