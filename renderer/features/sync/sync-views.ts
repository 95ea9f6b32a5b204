import { navigationSlice } from '../../store/navigation-slice.ts';
import type { Desk } from '../../widgets/desk.ts';

/** Name of the screen in the place a person is at. */
export const syncScreen = 'sync';

export const syncViews = ['overview', 'conflicts', 'refused'] as const;
export type SyncView = (typeof syncViews)[number];

/** The view a remembered place names, or the first. */
export function syncViewOf(view: string): SyncView {
  return syncViews.find((known) => known === view) ?? 'overview';
}

export function showSync(desk: Pick<Desk, 'dispatch'>, view: SyncView): void {
  desk.dispatch(navigationSlice.actions.wentTo({ screen: syncScreen, view, record: null }));
}
