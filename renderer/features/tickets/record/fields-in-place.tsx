import { useState, type ReactNode } from 'react';
import type { EntityKind } from '../../../../shared/domain/entities.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import { ticketMachines } from '../../../../shared/domain/ticket/ticket-lifecycle.ts';
import { typeOf } from '../../../../shared/domain/ticket/ticket-values.ts';
import { channels, levels, ticketTypes } from '../../../../shared/domain/ticket/ticket.ts';
import type { Condition, RecordView } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import type { Choice } from '../../../ui/choice.tsx';
import { ComboBox } from '../../../ui/combo-box.tsx';
import { Select } from '../../../ui/select.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { textValue } from '../../../widgets/row-title.ts';
import { useTicketText } from '../ticket-text.ts';

export interface InPlaceProps {
  readonly record: RecordView;
  readonly field: string;
  readonly isDisabled: boolean;
  readonly save: (field: string, value: FieldValue) => Promise<boolean>;
}

/** Choices of a field for a ticket of this type. */
function choicesOf(record: RecordView, field: string): readonly string[] {
  switch (field) {
    case 'type':
      return ticketTypes;
    case 'channel':
      return channels;
    case 'impact':
    case 'urgency':
      return levels;
    case 'resolutionCode':
      return ticketMachines[typeOf(record.values)].resolutionCodes;
    default:
      return [];
  }
}

export function ChoiceInPlace({ record, field, isDisabled, save }: InPlaceProps): ReactNode {
  const text = useTicketText();
  const value = textValue(record.values, field);
  const ids = choicesOf(record, field);
  // A value of a newer version is shown, though it is none of the choices.
  const shown = value === '' || ids.includes(value) ? ids : [value, ...ids];
  return (
    <Select
      label={fieldText(text, 'ticket', field)}
      choices={shown.map((id) => ({ id, label: choiceText(text, field, id) }))}
      value={value === '' ? null : value}
      onChange={(id) => {
        if (id !== value) void save(field, id);
      }}
      placeholder={text('value.none')}
      isDisabled={isDisabled}
    />
  );
}

export interface ReferenceInPlaceProps extends InPlaceProps {
  readonly entity: EntityKind;
  readonly where?: readonly Condition[];
  readonly emptyText?: string;
}

export function ReferenceInPlace({
  record,
  field,
  isDisabled,
  save,
  entity,
  where,
  emptyText,
}: ReferenceInPlaceProps): ReactNode {
  const text = useTicketText();
  const id = textValue(record.values, field);
  const title = record.titles[field] ?? '';
  return (
    <RecordCombo
      label={fieldText(text, 'ticket', field)}
      entity={entity}
      {...(where === undefined ? {} : { where })}
      value={id === '' ? null : { id, title: title === '' ? text('value.missing') : title }}
      onChange={(chosen) => void save(field, chosen)}
      isDisabled={isDisabled}
      {...(emptyText === undefined ? {} : { placeholder: emptyText })}
    />
  );
}

const offered = 40;

/** A free text that mostly repeats: offers what other tickets have, and takes what is new. */
export function FacetInPlace({ record, field, isDisabled, save }: InPlaceProps): ReactNode {
  const text = useTicketText();
  const value = textValue(record.values, field);
  return (
    <FacetCombo
      label={fieldText(text, 'ticket', field)}
      field={field}
      value={value}
      isDisabled={isDisabled}
      onChange={(chosen) => void save(field, chosen)}
    />
  );
}

export interface FacetComboProps {
  readonly label: string;
  readonly field: string;
  readonly value: string;
  readonly isDisabled?: boolean;
  readonly onChange: (value: string | null) => void;
}

export function FacetCombo({ label, field, value, isDisabled, onChange }: FacetComboProps): ReactNode {
  const text = useTicketText();
  const [query, setQuery] = useState('');
  const [isUsed, setUsed] = useState(false);
  const { result } = useWatch(isUsed ? { type: 'facet', entity: 'ticket', field, where: [] } : null);
  const typed = query.trim();
  const wanted = typed.toLocaleLowerCase();
  const known = (result ?? [])
    .map((facet) => facet.value)
    .filter((each): each is string => each !== null && each !== '');
  const found = known.filter((each) => each.toLocaleLowerCase().includes(wanted)).slice(0, offered);
  const isNew = typed !== '' && !known.some((each) => each.toLocaleLowerCase() === wanted);
  const choices: readonly Choice[] = [
    ...(value === '' || query !== '' ? [] : [{ id: value, label: value }]),
    ...found.map((each) => ({ id: each, label: each })),
    ...(isNew ? [{ id: typed, label: text('field.use-new', { value: typed }) }] : []),
  ];
  return (
    <div onFocusCapture={() => setUsed(true)}>
      <ComboBox
        label={label}
        choices={choices}
        onQuery={setQuery}
        value={value === '' ? null : { id: value, label: value }}
        onChange={onChange}
        placeholder={text('value.none')}
        emptyText={text('picker.empty')}
        isDisabled={isDisabled === true}
      />
    </div>
  );
}
