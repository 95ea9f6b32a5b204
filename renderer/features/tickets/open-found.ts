import { listsSlice } from '../../store/lists-slice.ts';
import { navigationSlice } from '../../store/navigation-slice.ts';
import type { Desk } from '../../widgets/desk.ts';
import type { NamedRecord } from '../../widgets/feature.ts';
import { queueView } from './ticket-views.ts';

/** What finding a record shows: a ticket itself; of a person, queue or site the tickets. */
export function openTicket(desk: Desk, { id }: NamedRecord): void {
  desk.dispatch(navigationSlice.actions.openedTicket(id));
}

export function listOfQueue(desk: Desk, { id, title }: NamedRecord): void {
  desk.dispatch(navigationSlice.actions.wentTo({ screen: 'tickets', view: queueView(id, title).id, record: null }));
}

export function listOfCaller(desk: Desk, record: NamedRecord): void {
  showSearched(desk, 'caller', record);
}

export function listOfSite(desk: Desk, record: NamedRecord): void {
  showSearched(desk, 'site', record);
}

function showSearched(desk: Desk, field: string, { title }: NamedRecord): void {
  desk.dispatch(navigationSlice.actions.wentTo({ screen: 'tickets', view: 'all', record: null }));
  desk.dispatch(
    listsSlice.actions.filtered({ list: 'all', where: null, search: `${field}:"${title.replaceAll('"', '')}"` }),
  );
}
