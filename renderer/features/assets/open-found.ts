import { navigationSlice } from '../../store/navigation-slice.ts';
import { overlaySlice } from '../../store/overlay-slice.ts';
import type { Desk } from '../../widgets/desk.ts';
import type { NamedRecord } from '../../widgets/feature.ts';
import { assetsScreen, servicesView } from './asset-list.ts';

export function openAsset(desk: Desk, { id }: NamedRecord): void {
  desk.dispatch(navigationSlice.actions.wentTo({ screen: assetsScreen, view: '', record: id }));
}

export function openService(desk: Desk, { id }: NamedRecord): void {
  desk.dispatch(navigationSlice.actions.wentTo({ screen: assetsScreen, view: servicesView, record: null }));
  desk.dispatch(overlaySlice.actions.openedOverlay({ id: 'service', ids: [id] }));
}
