import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import type { FilterCondition } from '../../../store/lists-slice.ts';
import { FilterChip } from '../../../ui/chip.tsx';
import { MultiPick } from '../../../ui/multi-pick.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useTicketText } from '../ticket-text.ts';
import { fromChoiceId, toChoiceId, withCondition, type ValuesCondition } from './filter-fields.ts';
import { conditionText, valueText } from './filter-value-text.ts';

export interface ValueFilterProps {
  readonly condition: ValuesCondition;
  readonly where: readonly FilterCondition[];
  readonly startsOpen: boolean;
  readonly onChange: (condition: ValuesCondition | null) => void;
  /** The list of values was closed. */
  readonly onDone: () => void;
}

const offered = 300;

/** A condition "field is one of": its chip, and the values the column holds with their counts. */
export function ValueFilter({ condition, where, startsOpen, onChange, onDone }: ValueFilterProps): ReactNode {
  const text = useTicketText();
  const intl = useIntl();
  const [isOpen, setOpen] = useState(startsOpen);
  const { actor } = useServices();
  const { field, values } = condition;
  // Always watched: the chip needs the names of what it holds.
  const { result } = useWatch({ type: 'facet', entity: 'ticket', field, where: withCondition(where, field, null) });
  const facets = result ?? [];
  const titleOf = (value: string): string =>
    value === actor.id ? text('filter.me') : (facets.find((facet) => facet.value === value)?.title ?? value);
  const missing = values
    .filter((value) => !facets.some((facet) => facet.value === value))
    .map((value) => ({ value, title: value ?? '', count: 0 }));
  const choices = [...missing, ...facets].slice(0, offered).map((facet) => ({
    id: toChoiceId(facet.value),
    label: valueText(text, field, facet.value, facet.title),
    count: facet.count,
  }));
  const joined = (words: readonly string[]): string => intl.formatList(words, { type: 'disjunction' });
  const name = fieldText(text, 'ticket', field);
  const words = values.length === 0 ? text('filter.anything') : conditionText(text, condition, titleOf, joined);
  const verb = text(condition.op === 'in' ? 'filter.is' : 'filter.is-not');

  return (
    <MultiPick
      label={name}
      searchLabel={text('filter.search', { field: name })}
      emptyText={text('picker.empty')}
      isOpen={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (!open) onDone();
      }}
      choices={choices}
      selected={values.map(toChoiceId)}
      onChange={(ids) => onChange({ ...condition, values: ids.map(fromChoiceId) })}
      trigger={
        <FilterChip
          label={text('filter.change', { field: name, value: words })}
          removeLabel={text('filter.remove', { field: name })}
          onRemove={() => onChange(null)}
          onPress={() => setOpen(true)}
        >
          {name} {verb} <strong>{words}</strong>
        </FilterChip>
      }
    />
  );
}
