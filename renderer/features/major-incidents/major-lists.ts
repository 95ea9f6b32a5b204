import type { ListQuery } from '../../data/data-api.ts';
import { listOf, type ListsState } from '../../store/lists-slice.ts';
import type { ListSource } from '../../widgets/list-source.ts';

export const majorScreen = 'major-incidents';
const key = 'major-incidents';

export function majorList(lists: ListsState): ListSource {
  const state = listOf(lists, key);
  const query = (offset: number, limit: number): ListQuery => ({
    type: 'list',
    entity: 'major-incident',
    where: [],
    search: state.search,
    sort: [{ field: 'proposedAt', direction: 'descending' }],
    offset,
    limit,
  });
  return { key, state, query };
}
