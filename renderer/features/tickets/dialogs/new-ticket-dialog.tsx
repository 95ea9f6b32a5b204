import { useState } from 'react';
import type { ReactNode } from 'react';
import { levels, ticket, ticketTypes } from '../../../../shared/domain/ticket/ticket.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import { useDraft } from '../../../services/use-draft.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { navigationSlice } from '../../../store/navigation-slice.ts';
import { classNames } from '../../../ui/class-names.ts';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { useTicketText } from '../ticket-text.ts';
import { ResultingPriority } from './priority-dialog.tsx';
import styles from './ticket-dialog.module.css';

interface Picked {
  readonly id: string;
  readonly title: string;
}

/** A new ticket: five fields, the rest can follow. Title and description are kept as a draft from the first key. */
export function NewTicketDialog({ onClose }: { readonly onClose: () => void }): ReactNode {
  const text = useTicketText();
  const { runner } = useDeskContext();
  const dispatch = useDeskDispatch();
  const title = useDraft('new-ticket/title');
  const description = useDraft('new-ticket/description');
  const [type, setType] = useState<(typeof ticketTypes)[number]>('incident');
  const [impact, setImpact] = useState('3');
  const [urgency, setUrgency] = useState('3');
  const [references, setReferences] = useState<Readonly<Record<string, Picked | null>>>({});
  const submit = async () => {
    const chosen = Object.fromEntries(
      Object.entries(references).flatMap(([field, picked]) => (picked === null ? [] : [[field, picked.id]])),
    );
    const fields: Record<string, FieldValue> = { type, title: title.text, impact, urgency, ...chosen };
    if (description.text !== '') fields['description'] = description.text;
    const outcome = await runner.run('ticket.create', { fields }, { done: text('done.created'), showsRefusal: true });
    if (outcome.ok) {
      title.discard();
      description.discard();
    }
    return outcome;
  };
  const level = (field: 'impact' | 'urgency', value: string, set: (value: string) => void): ReactNode => (
    <Select
      label={fieldText(text, 'ticket', field)}
      choices={levels.map((each) => ({ id: each, label: choiceText(text, field, each) }))}
      value={value}
      onChange={set}
      placeholder={text('value.none')}
    />
  );
  const reference = (field: 'caller' | 'queue'): ReactNode => (
    <RecordCombo
      label={fieldText(text, 'ticket', field)}
      entity={ticket.fields[field].to}
      value={references[field] ?? null}
      onChange={(id, title) => setReferences((before) => ({ ...before, [field]: id === null ? null : { id, title } }))}
    />
  );
  return (
    <FormDialog
      width="normal"
      title={text('dialog.new')}
      submitLabel={text('dialog.new-create')}
      submit={submit}
      onClose={onClose}
      onDone={([id]) => {
        if (id !== undefined) dispatch(navigationSlice.actions.openedTicket(id));
      }}
    >
      <Segmented
        label={fieldText(text, 'ticket', 'type')}
        value={type}
        onChange={setType}
        segments={ticketTypes.map((id) => ({ id, label: choiceText(text, 'type', id) }))}
      />
      <TextField
        label={fieldText(text, 'ticket', 'title')}
        value={title.text}
        onChange={title.setText}
        maxLength={ticket.fields.title.maxLength}
        isRequired
        autoFocus
      />
      <TextArea
        label={fieldText(text, 'ticket', 'description')}
        value={description.text}
        onChange={description.setText}
        maxLength={ticket.fields.description.maxLength}
        rows={5}
      />
      <div className={classNames(styles, 'pair')}>
        {reference('caller')}
        {reference('queue')}
        {level('impact', impact, setImpact)}
        {level('urgency', urgency, setUrgency)}
      </div>
      <ResultingPriority impact={impact} urgency={urgency} />
    </FormDialog>
  );
}
