import type { ListResult } from '../../data/data-api.ts';
import type { Desk } from '../../widgets/desk.ts';
import { askToExport } from '../../widgets/export-wish.ts';
import { readAssetList } from './asset-actions.ts';
import { assetQuery } from './asset-list.ts';

const exportedFields = [
  'reference',
  'name',
  'baseClass',
  'assetClass',
  'status',
  'site',
  'location',
  'assignedTo',
  'owner',
  'serial',
  'assetTag',
  'brand',
  'model',
  'purchasedAt',
  'warrantyEnd',
];

/** Asks how the list of assets, as it is filtered and sorted, is to be written as CSV. */
export async function exportAssets(desk: Desk): Promise<void> {
  const list = readAssetList(desk);
  const counted = (await desk.services.data.call('query', list.query(0, 0))) as ListResult;
  const { where, search, sort } = assetQuery(list.state, 0, 0);
  askToExport(desk, {
    title: desk.translate('assets.title'),
    total: counted.total,
    list: {
      entity: 'asset',
      where: where.map((condition) =>
        'values' in condition ? { ...condition, values: [...condition.values] } : condition,
      ),
      search,
      sort: [...sort],
    },
    fields: exportedFields,
  });
}
