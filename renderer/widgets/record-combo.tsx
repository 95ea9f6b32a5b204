import { useState, type ReactNode } from 'react';
import type { EntityKind } from '../../shared/domain/entities.ts';
import type { Condition, Row } from '../data/data-api.ts';
import { useText } from '../services/text.ts';
import { useWatch } from '../services/use-watch.ts';
import type { Choice } from '../ui/choice.tsx';
import { ComboBox } from '../ui/combo-box.tsx';
import { rowDetail, rowTitle } from './row-title.ts';

export interface RecordComboProps {
  readonly label: string;
  readonly labelHidden?: boolean;
  readonly entity: EntityKind;
  readonly where?: readonly Condition[];
  readonly value: { readonly id: string; readonly title: string } | null;
  /** With the title of what was chosen, for fields whose value is not read from a record. */
  readonly onChange: (id: string | null, title: string) => void;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  /** What to call an empty field. */
  readonly placeholder?: string;
}

/** More would make typing slow and is too long to read; another letter narrows it down. */
const choicesShown = 30;

/** A field that points to another record, found by typing a part of its name. Reads nothing until it is focused. */
export function RecordCombo(props: RecordComboProps): ReactNode {
  const text = useText();
  const [query, setQuery] = useState('');
  const [isUsed, setUsed] = useState(false);
  const { result } = useWatch(
    isUsed
      ? { type: 'choices', entity: props.entity, text: query, where: props.where ?? [], limit: choicesShown }
      : null,
  );
  const current: Choice | null = props.value === null ? null : { id: props.value.id, label: props.value.title };
  const choices = choicesOf(result ?? [], query === '' ? current : null);
  return (
    <div onFocusCapture={() => setUsed(true)}>
      <ComboBox
        label={props.label}
        labelHidden={props.labelHidden === true}
        choices={choices}
        onQuery={setQuery}
        value={current}
        onChange={(id) => props.onChange(id, choices.find((choice) => choice.id === id)?.label ?? '')}
        placeholder={props.placeholder ?? text('value.none')}
        emptyText={text('picker.empty')}
        error={props.error}
        isRequired={props.isRequired === true}
        isDisabled={props.isDisabled === true}
        autoFocus={props.autoFocus === true}
      />
    </div>
  );
}

function choicesOf(rows: readonly Row[], current: Choice | null): readonly Choice[] {
  const found = rows.map((row) => ({ id: row.id, label: rowTitle(row), detail: rowDetail(row) }));
  return current === null ? found : [current, ...found];
}
