import type { RefusedOperation, SyncState } from '../../data/sync-api.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import { undoSlice } from '../../store/undo-slice.ts';
import type { Desk } from '../../widgets/desk.ts';
import { refusalText } from '../../widgets/refusal-text.ts';

/** What a person can do with the exchange: the same for keys, buttons and the palette. */

export async function readSync(desk: Desk): Promise<SyncState> {
  return (await desk.services.data.call('query', { type: 'sync' })) as SyncState;
}

/** Asks for an exchange at once. Also ends a pause: who wants news now does not want to wait. */
export async function syncNow(desk: Desk): Promise<void> {
  const { link, paused } = await readSync(desk);
  if (link === null) return openConnect(desk);
  if (paused) await desk.services.data.call('syncPause', { paused: false });
  await desk.services.data.call('syncNow', null);
  desk.runner.tell(desk.translate('sync.told-now'));
}

export async function setPaused(desk: Desk, paused: boolean): Promise<void> {
  await desk.services.data.call('syncPause', { paused });
  desk.runner.tell(desk.translate(paused ? 'sync.told-paused' : 'sync.told-resumed'));
}

export async function togglePaused(desk: Desk): Promise<void> {
  const { link, paused } = await readSync(desk);
  if (link !== null) await setPaused(desk, !paused);
}

export function openConnect(desk: Pick<Desk, 'dispatch'>): void {
  desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'sync-connect' }));
}

export async function openDisconnect(desk: Desk): Promise<void> {
  const { link } = await readSync(desk);
  if (link !== null) desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'sync-disconnect' }));
}

export async function openScope(desk: Desk): Promise<void> {
  const { link } = await readSync(desk);
  if (link === null) openConnect(desk);
  else desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'sync-scope' }));
}

/** Writes a refused operation again; the new one can be undone like every other. */
export async function retryRefused(desk: Desk, { dot }: Pick<RefusedOperation, 'dot'>): Promise<void> {
  const outcome = await desk.services.data.call('retryRefused', { dot });
  if (!outcome.ok) return desk.runner.tell(refusalText(outcome.failure, desk.translate), 'refused');
  const label = desk.translate('refused.retried');
  desk.dispatch(undoSlice.actions.did({ dots: outcome.value.dots, label }));
  desk.runner.tell(label);
}

export async function copyText(desk: Desk, text: string): Promise<void> {
  const copied = await desk.services.desktop.call('copyText', { text });
  desk.runner.tell(desk.translate(copied.ok ? 'refused.copied' : 'failure.copy'), copied.ok ? 'done' : 'refused');
}

/** Name of the machine an address leads to, for sentences. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
