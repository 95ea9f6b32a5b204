import type { ReactNode } from 'react';
import { ticket, levels } from '../../../../shared/domain/ticket/ticket.ts';
import { isFinished } from '../../../../shared/domain/ticket/ticket-values.ts';
import type { EntityKind } from '../../../../shared/domain/entities.ts';
import type { RecordView } from '../../../data/data-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Select } from '../../../ui/select.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { textValue } from '../../../widgets/row-title.ts';
import { useTicketText } from '../ticket-text.ts';
import { TextInPlace } from './text-in-place.tsx';
import { useSaveField } from './use-save-field.ts';
import styles from './details-tab.module.css';

const classification = ['caller', 'service', 'asset', 'site'] as const;
const assignment = ['queue', 'assignee'] as const;
const channels = ticket.fields.channel.choices;

/** Every field of the ticket, edited where it stands; each is saved by itself. */
export function DetailsTab({ record }: { readonly record: RecordView }): ReactNode {
  const text = useTicketText();
  const save = useSaveField(record.id);
  const { id, values, titles } = record;
  const finished = isFinished(values);
  const reference = (field: (typeof classification)[number] | (typeof assignment)[number]): ReactNode => {
    const value = textValue(values, field);
    const { to } = ticket.fields[field];
    return (
      <RecordCombo
        key={`${id} ${field}`}
        label={fieldText(text, 'ticket', field)}
        entity={to as EntityKind}
        value={value === '' ? null : { id: value, title: titles[field] ?? value }}
        onChange={(chosen) => void save(field, chosen)}
        isDisabled={finished}
        {...(field === 'assignee' ? { placeholder: text('value.nobody') } : {})}
      />
    );
  };
  const choice = (field: 'impact' | 'urgency' | 'channel', choices: readonly string[]): ReactNode => (
    <Select
      key={`${id} ${field}`}
      label={fieldText(text, 'ticket', field)}
      choices={choices.map((each) => ({ id: each, label: choiceText(text, field, each) }))}
      value={textValue(values, field) || null}
      onChange={(chosen) => void save(field, chosen)}
      placeholder={text('value.none')}
      isDisabled={finished}
    />
  );
  const words = (field: 'category' | 'subcategory' | 'description', isMultiline = false): ReactNode => (
    <TextInPlace
      key={`${id} ${field}`}
      id={id}
      field={field}
      label={fieldText(text, 'ticket', field)}
      value={textValue(values, field)}
      maxLength={ticket.fields[field].maxLength}
      isMultiline={isMultiline}
      isDisabled={finished}
      save={save}
    />
  );
  return (
    <div className={classNames(styles, 'details')}>
      <h3>{text('details.classification')}</h3>
      <div className={classNames(styles, 'grid')}>
        {classification.map(reference)}
        {words('category')}
        {words('subcategory')}
        {choice('impact', levels)}
        {choice('urgency', levels)}
      </div>
      <h3>{text('details.assignment')}</h3>
      <div className={classNames(styles, 'grid')}>
        {assignment.map(reference)}
        {choice('channel', channels)}
      </div>
      {words('description', true)}
      {textValue(values, 'resolutionCode') === '' ? null : (
        <>
          <h3>{text('details.resolution')}</h3>
          <p>{choiceText(text, 'resolutionCode', textValue(values, 'resolutionCode'))}</p>
          <p className="user-text" dir="auto">
            {textValue(values, 'resolutionNotes')}
          </p>
        </>
      )}
    </div>
  );
}
