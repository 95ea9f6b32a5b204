import { useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { FilterChip } from '../../../ui/chip.tsx';
import { PopoverPanel } from '../../../ui/popover-panel.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useTicketText } from '../ticket-text.ts';
import { dayEnd, dayStart, toDayInput } from './day-range.ts';
import type { RangeCondition } from './filter-fields.ts';

export interface RangeFilterProps {
  readonly condition: RangeCondition;
  readonly startsOpen: boolean;
  readonly onChange: (condition: RangeCondition | null) => void;
  readonly onDone: () => void;
}

/** A condition "opened between": whole days in the desk's zone, both ends included. */
export function RangeFilter({ condition, startsOpen, onChange, onDone }: RangeFilterProps): ReactNode {
  const text = useTicketText();
  const intl = useIntl();
  const [isOpen, setOpen] = useState(startsOpen);
  const name = fieldText(text, 'ticket', condition.field);
  const day = (at: number): string => intl.formatDate(at, { dateStyle: 'medium' });
  const words = rangeText();

  function rangeText(): string {
    const { from, to } = condition;
    if (from !== undefined && to !== undefined) return text('filter.between', { from: day(from), to: day(to - 1) });
    if (from !== undefined) return text('filter.from', { from: day(from) });
    return to === undefined ? text('filter.anything') : text('filter.until', { to: day(to - 1) });
  }
  const change = (from: number | undefined, to: number | undefined): void =>
    onChange({
      field: condition.field,
      op: 'between',
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
    });

  return (
    <PopoverPanel
      label={name}
      isOpen={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (!open) onDone();
      }}
      trigger={
        <FilterChip
          label={text('filter.change', { field: name, value: words })}
          removeLabel={text('filter.remove', { field: name })}
          onRemove={() => onChange(null)}
          onPress={() => setOpen(true)}
        >
          {name} <strong>{words}</strong>
        </FilterChip>
      }
    >
      <TextField
        type="date"
        label={text('filter.first-day')}
        value={toDayInput(condition.from)}
        onChange={(value) => change(dayStart(value), condition.to)}
        autoFocus
      />
      <TextField
        type="date"
        label={text('filter.last-day')}
        value={toDayInput(condition.to === undefined ? undefined : condition.to - 1)}
        onChange={(value) => change(condition.from, dayEnd(value))}
      />
    </PopoverPanel>
  );
}
