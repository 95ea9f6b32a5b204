import type { SortKey } from '../store/lists-slice.ts';

/**
 * The order after a click on a header: ascending, descending, then without the field. With `adds` the others stay and
 * the field sorts within them.
 */
export function nextSort(sort: readonly SortKey[], field: string, adds: boolean): readonly SortKey[] {
  const known = sort.find((key) => key.field === field);
  const others = adds ? sort.filter((key) => key.field !== field) : [];
  if (known === undefined) return [...others, { field, direction: 'ascending' }];
  if (known.direction === 'ascending') {
    const turned: SortKey = { field, direction: 'descending' };
    return adds ? sort.map((key) => (key.field === field ? turned : key)) : [turned];
  }
  return others;
}
