import { Plus, RotateCcw, Save } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { FilterCondition } from '../../../store/lists-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { FilterChip } from '../../../ui/chip.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { Menu } from '../../../ui/menu.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useTicketText } from '../ticket-text.ts';
import { filterFields, isRangeField, withCondition } from './filter-fields.ts';
import { RangeFilter } from './range-filter.tsx';
import { ValueFilter } from './value-filter.tsx';
import styles from './filter-bar.module.css';

export interface FilterBarProps {
  readonly where: readonly FilterCondition[];
  /** The filter is not the view's own any more. */
  readonly isChanged: boolean;
  readonly onChange: (where: readonly FilterCondition[]) => void;
  readonly onReset: () => void;
  readonly onSave: () => void;
}

/** The filter as a sentence of chips. A condition without values narrows nothing and goes when its list is closed. */
export function FilterBar({ where, isChanged, onChange, onReset, onSave }: FilterBarProps): ReactNode {
  const text = useTicketText();
  // A field just chosen in the menu: its chip stands at the end, with its values open, until it has one.
  const [added, setAdded] = useState<string | null>(null);
  const shown =
    added === null || where.some(({ field }) => field === added) ? where : [...where, emptyCondition(added)];
  const change = (field: string, condition: FilterCondition | null): void => {
    const narrows = condition !== null && !isEmpty(condition);
    if (!narrows) setAdded(condition === null ? null : field);
    onChange(withCondition(where, field, narrows ? condition : null));
  };
  const add = (field: string): void => {
    if (field === '$conflict' || field === '$pending') return change(field, { field, op: 'is', value: true });
    setAdded(field);
  };
  const done = (): void => setAdded(null);

  return (
    <div role="group" aria-label={text('filter.label')} className={classNames(styles, 'bar')}>
      {shown.map((condition) => {
        const { field } = condition;
        if (condition.op === 'between') {
          return (
            <RangeFilter
              key={field}
              condition={condition}
              startsOpen={field === added}
              onChange={(next) => change(field, next)}
              onDone={done}
            />
          );
        }
        if (condition.op === 'is') {
          const name = fieldText(text, 'ticket', field);
          return (
            <FilterChip
              key={field}
              label={name}
              removeLabel={text('filter.remove', { field: name })}
              onRemove={() => change(field, null)}
            >
              <strong>{name}</strong>
            </FilterChip>
          );
        }
        return (
          <ValueFilter
            key={field}
            condition={condition}
            where={where}
            startsOpen={field === added}
            onChange={(next) => change(field, next)}
            onDone={done}
          />
        );
      })}
      <Menu
        label={text('filter.add')}
        trigger={
          <Button variant="quiet" icon={<Plus size={14} />}>
            {text('filter.add')}
          </Button>
        }
        groups={[
          {
            id: 'fields',
            entries: filterFields
              .filter((field) => !shown.some((condition) => condition.field === field))
              .map((field) => ({ id: field, label: fieldText(text, 'ticket', field) })),
          },
        ]}
        onAction={add}
      />
      {isChanged ? (
        <>
          <IconButton size="small" label={text('filter.reset')} icon={<RotateCcw size={14} />} onPress={onReset} />
          <IconButton size="small" label={text('filter.save')} icon={<Save size={14} />} onPress={onSave} />
        </>
      ) : null}
    </div>
  );
}

function emptyCondition(field: string): FilterCondition {
  return isRangeField(field) ? { field, op: 'between' } : { field, op: 'in', values: [] };
}

function isEmpty(condition: FilterCondition): boolean {
  if (condition.op === 'between') return condition.from === undefined && condition.to === undefined;
  return condition.op !== 'is' && condition.values.length === 0;
}
