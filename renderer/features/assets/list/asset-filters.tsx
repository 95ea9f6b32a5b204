import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { listsSlice, type ListState } from '../../../store/lists-slice.ts';
import { ChipButton } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { MultiPick } from '../../../ui/multi-pick.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { ListSearch } from '../../../widgets/list-pane.tsx';
import { assetList, chosenValues, conditionsOf, filterFields, withValues } from '../asset-list.ts';
import { useAssetText } from '../asset-text.ts';
import styles from './asset-filters.module.css';

/** Words, and a chip for each field the list can be narrowed by. */
export function AssetFilters({ state }: { readonly state: ListState }): ReactNode {
  const text = useAssetText();
  const dispatch = useDeskDispatch();
  return (
    <>
      <ListSearch
        label={text('assets.search')}
        placeholder={text('assets.search')}
        value={state.search}
        onChange={(search) => dispatch(listsSlice.actions.filtered({ list: assetList, search }))}
      />
      <div role="group" aria-label={text('assets.filters')} className={classNames(styles, 'filters')}>
        {filterFields.map((field) => (
          <FieldFilter key={field} field={field} state={state} />
        ))}
      </div>
    </>
  );
}

const none = '$none';

function FieldFilter({ field, state }: { readonly field: string; readonly state: ListState }): ReactNode {
  const text = useAssetText();
  const intl = useIntl();
  const dispatch = useDeskDispatch();
  const [isOpen, setOpen] = useState(false);
  const chosen = chosenValues(state, field);
  const others = conditionsOf({ ...state, where: withValues(state, field, []) });
  const { result: facets = [] } = useWatch(
    isOpen || chosen.length > 0 ? { type: 'facet', entity: 'asset', field, where: others } : null,
  );
  const wordOf = (value: string | null, title: string): string =>
    value === null ? text('value.none') : title === value || title === '' ? choiceText(text, field, value) : title;
  const titleOf = (value: string | null): string =>
    wordOf(value, facets.find((facet) => facet.value === value)?.title ?? '');
  const name = fieldText(text, 'asset', field);
  const words = intl.formatList(chosen.map(titleOf), { type: 'disjunction' });
  return (
    <MultiPick
      label={name}
      searchLabel={text('assets.search-values', { field: name })}
      emptyText={text('picker.empty')}
      isOpen={isOpen}
      onOpenChange={setOpen}
      choices={facets.map(({ value, title, count }) => ({ id: value ?? none, label: wordOf(value, title), count }))}
      selected={chosen.map((value) => value ?? none)}
      onChange={(ids) => {
        const where = withValues(
          state,
          field,
          ids.map((id) => (id === none ? null : id)),
        );
        dispatch(listsSlice.actions.filtered({ list: assetList, where }));
      }}
      trigger={
        <ChipButton
          tone={chosen.length === 0 ? 'plain' : 'pending'}
          label={text('assets.filter', { field: name, value: words === '' ? text('assets.any') : words })}
          onPress={() => setOpen(true)}
        >
          {words === '' ? name : `${name}: ${words}`}
        </ChipButton>
      }
    />
  );
}
