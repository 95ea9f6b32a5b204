import { ArrowDownUp } from 'lucide-react';
import type { ReactNode } from 'react';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { listsSlice, type ListState } from '../../../store/lists-slice.ts';
import { IconButton } from '../../../ui/button.tsx';
import { Menu } from '../../../ui/menu.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { nextSort } from '../../../widgets/next-sort.ts';
import { assetList, sortFields } from '../asset-list.ts';
import { useAssetText } from '../asset-text.ts';

/** Sorts by one field and within it by others: each choice adds a field, turns it, then takes it away. */
export function AssetSortMenu({ state }: { readonly state: ListState }): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  const sort = state.sort ?? [];
  return (
    <Menu
      label={text('list.sort')}
      keepsOpen
      trigger={<IconButton label={text('list.sort')} icon={<ArrowDownUp size={16} />} />}
      groups={[
        {
          id: 'fields',
          title: text('list.sort'),
          entries: sortFields.map((field) => {
            const place = sort.findIndex((key) => key.field === field);
            const direction = sort[place]?.direction;
            return {
              id: field,
              label: fieldText(text, 'asset', field),
              isChecked: direction !== undefined,
              ...(direction === undefined
                ? {}
                : { detail: text('assets.sort-place', { place: place + 1, direction: text(`sort.${direction}`) }) }),
            };
          }),
        },
        { id: 'reset', entries: state.sort === null ? [] : [{ id: '$usual', label: text('sort.usual') }] },
      ]}
      onAction={(field) => {
        const next = field === '$usual' ? [] : nextSort(sort, field, true);
        dispatch(listsSlice.actions.sorted({ list: assetList, sort: next.length === 0 ? null : next }));
      }}
    />
  );
}
