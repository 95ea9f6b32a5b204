import type { Condition, ListQuery } from '../../data/data-api.ts';
import type { ListSource } from '../../widgets/list-source.ts';
import { listOf, type ListsState, type ListState, type SortKey } from '../../store/lists-slice.ts';

export const assetsScreen = 'assets';
/** Views of the screen besides the list. */
export const servicesView = 'services';
export const stockTakesView = 'stock-takes';
/** Key of the list in the store. */
export const assetList = 'assets';

const inUse: Condition = { field: 'active', op: 'not-in', values: ['false'] };

const usualSort: readonly SortKey[] = [{ field: 'name', direction: 'ascending' }];

/** What the list can be sorted by, one within the other. */
export const sortFields = [
  'name',
  'reference',
  'assetClass',
  'status',
  'criticality',
  'site',
  'location',
  'assignedTo',
  'serial',
  'assetTag',
  'purchasedAt',
  'warrantyEnd',
  '$updatedAt',
] as const;

/** Fields the list can be narrowed by. */
export const filterFields = ['baseClass', 'assetClass', 'status', 'site', 'assignedTo', 'criticality'] as const;

export function assetQuery(state: ListState, offset: number, limit: number): ListQuery {
  return {
    type: 'list',
    entity: 'asset',
    where: conditionsOf(state),
    search: state.search,
    sort: state.sort ?? usualSort,
    offset,
    limit,
  };
}

export function conditionsOf(state: ListState): readonly Condition[] {
  return [inUse, ...(state.where ?? [])];
}

export function currentAssetList(lists: ListsState): ListSource {
  const state = listOf(lists, assetList);
  return { key: assetList, state, query: (offset, limit) => assetQuery(state, offset, limit) };
}

/** Values chosen for a field; empty when any will do. */
export function chosenValues(state: ListState, field: string): readonly (string | null)[] {
  const found = (state.where ?? []).find((condition) => condition.field === field);
  return found?.op === 'in' ? found.values : [];
}

/** The filter with other values for one field; null when nothing is left of it. */
export function withValues(
  state: ListState,
  field: string,
  values: readonly (string | null)[],
): NonNullable<ListState['where']> | null {
  const others = (state.where ?? []).filter((condition) => condition.field !== field);
  const where = values.length === 0 ? others : [...others, { field, op: 'in' as const, values }];
  return where.length === 0 ? null : where;
}
