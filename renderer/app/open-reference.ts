import type { DesktopEvents } from '../../shared/desktop-api.ts';
import type { DataClient } from '../data/data-client.ts';
import { navigationSlice } from '../store/navigation-slice.ts';
import type { DeskStore } from './build-store.ts';

const places = {
  ticket: { screen: 'tickets', view: 'all', fields: ['number', 'reference'] },
  asset: { screen: 'assets', view: '', fields: ['reference'] },
} as const;

/**
 * A deep link may only navigate: to the record with this number or reference, if it is here. A label of an asset that
 * never had a reference names its id.
 */
export async function openReference(
  data: Pick<DataClient, 'call'>,
  store: Pick<DeskStore, 'dispatch'>,
  { kind, reference }: DesktopEvents['deepLink'],
): Promise<boolean> {
  const { screen, view, fields } = places[kind];
  const id = (await findByFields(data, kind, fields, reference)) ?? (await findById(data, kind, reference));
  if (id === null) return false;
  store.dispatch(
    kind === 'ticket'
      ? navigationSlice.actions.openedTicket(id)
      : navigationSlice.actions.wentTo({ screen, view, record: id }),
  );
  return true;
}

async function findByFields(
  data: Pick<DataClient, 'call'>,
  entity: 'ticket' | 'asset',
  fields: readonly string[],
  reference: string,
): Promise<string | null> {
  for (const field of fields) {
    const found = await data.call('query', {
      type: 'list',
      entity,
      where: [{ field, op: 'in', values: [reference] }],
      search: '',
      sort: [],
      offset: 0,
      limit: 1,
    });
    const rows = found !== null && 'rows' in found && Array.isArray(found.rows) ? found.rows : [];
    const [row] = rows;
    if (row) return row.id;
  }
  return null;
}

async function findById(data: Pick<DataClient, 'call'>, kind: string, reference: string): Promise<string | null> {
  const id = reference.toLowerCase();
  const found = await data.call('query', { type: 'record', id });
  return found !== null && 'entity' in found && found.entity === kind ? id : null;
}
