import { navigationSlice } from '../../store/navigation-slice.ts';
import type { Desk } from '../../widgets/desk.ts';

/** Name of the screen in the place a person is at. */
export const administrationScreen = 'administration';

export const administrationViews = ['accounts', 'devices'] as const;
export type AdministrationView = (typeof administrationViews)[number];

export function administrationViewOf(view: string): AdministrationView {
  return administrationViews.find((known) => known === view) ?? 'accounts';
}

export function showAdministration(desk: Pick<Desk, 'dispatch'>, view: AdministrationView): void {
  desk.dispatch(navigationSlice.actions.wentTo({ screen: administrationScreen, view, record: null }));
}

/** Whether the endpoint knows the person here as an administrator. It checks each call itself. */
export function isAdministrator({ getState }: Pick<Desk, 'getState'>): boolean {
  return getState().connection.roles.includes('administrator');
}
