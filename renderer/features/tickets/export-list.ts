import type { ListResult, RecordView } from '../../data/data-api.ts';
import type { Desk } from '../../widgets/desk.ts';
import { askToExport } from '../../widgets/export-wish.ts';
import { rowTitle } from '../../widgets/row-title.ts';
import { shownColumns } from './ticket-columns.ts';
import { currentTicketList } from './ticket-list.ts';
import { findTicketView } from './ticket-views.ts';

/** Asks how the list on screen, as it is filtered and sorted, is to be written as CSV. */
export async function exportTicketList(desk: Desk): Promise<void> {
  const { services, getState, translate } = desk;
  const state = getState();
  const list = currentTicketList(state, services.actor.id);
  const counted = await services.data.call('query', list.query(0, 0));
  const queue = list.key.startsWith('queue:') ? list.key.slice('queue:'.length) : '';
  const record = queue === '' ? null : await services.data.call('query', { type: 'record', id: queue });
  const name = record === null ? translate('view.no-queue') : rowTitle(record as RecordView);
  const { title } = findTicketView(list.key, services.actor.id, state.savedViews, () => name);
  askToExport(desk, {
    title: 'key' in title ? translate(title.key) : title.text,
    total: (counted as ListResult).total,
    list: {
      entity: 'ticket',
      where: list.where.map((condition) =>
        'values' in condition ? { ...condition, values: [...condition.values] } : condition,
      ),
      search: list.search,
      sort: [...list.sort],
    },
    fields: shownColumns(state.layout.columns).map(({ field }) => (field === '$updatedAt' ? 'updatedAt' : field)),
  });
}
