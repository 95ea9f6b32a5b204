import { ChevronDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { EntityKind } from '../../../shared/domain/entities.ts';
import { useWatch } from '../../services/use-watch.ts';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { MultiPick, type CountedChoice } from '../../ui/multi-pick.tsx';
import { rowTitle } from '../../widgets/row-title.ts';
import { useServiceLevelText } from './service-level-text.ts';
import styles from './form.module.css';

export interface SetPickProps {
  readonly label: string;
  readonly emptyLabel: string;
  readonly choices: readonly CountedChoice[];
  readonly selected: readonly string[];
  readonly onChange: (ids: readonly string[]) => void;
}

/** Any number of values; none reads as what none means. */
export function SetPick({ label, emptyLabel, choices, selected, onChange }: SetPickProps): ReactNode {
  const text = useServiceLevelText();
  const [isOpen, setOpen] = useState(false);
  const names = selected.map((id) => choices.find((choice) => choice.id === id)?.label ?? id);
  const shown =
    names.length === 0
      ? emptyLabel
      : names.length > 2
        ? text('form.chosen', { count: names.length })
        : names.join(', ');
  return (
    <div className={classNames(styles, 'pick')}>
      <span aria-hidden className={classNames(styles, 'label')}>
        {label}
      </span>
      <MultiPick
        label={label}
        searchLabel={text('form.search')}
        emptyText={text('form.nothing')}
        trigger={
          <Button icon={<ChevronDown size={14} />} label={`${label}: ${shown}`} onPress={() => setOpen(true)}>
            {shown}
          </Button>
        }
        isOpen={isOpen}
        onOpenChange={setOpen}
        choices={choices}
        selected={selected}
        onChange={onChange}
      />
    </div>
  );
}

/** The same for records of a kind, by name. */
export function RecordSetPick({
  entity,
  ...props
}: Omit<SetPickProps, 'choices'> & { readonly entity: EntityKind }): ReactNode {
  const { result } = useWatch({ type: 'choices', entity, text: '', where: [], limit: 300 });
  const choices = (result ?? []).map((row) => ({ id: row.id, label: rowTitle(row) }));
  return <SetPick {...props} choices={choices} />;
}
