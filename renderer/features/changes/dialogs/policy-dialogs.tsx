import { useState, type ReactNode } from 'react';
import { changeTemplate } from '../../../../shared/domain/change-request/change-template.ts';
import { useServices } from '../../../services/services.ts';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { dateInstant } from '../../../widgets/date-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { useChangeText } from '../change-text.ts';

interface DialogProps {
  readonly onClose: () => void;
}

interface Picked {
  readonly id: string;
  readonly title: string;
}

/** Lets another person decide on approvals in the name of the one at this desk, for a time. */
export function DelegationDialog({ onClose }: DialogProps): ReactNode {
  const text = useChangeText();
  const { actor, info } = useServices();
  const { runner } = useDeskContext();
  const [to, setTo] = useState<Picked | null>(null);
  const [from, setFrom] = useState('');
  const [until, setUntil] = useState('');
  const submit = () =>
    runner.run(
      'record.create',
      {
        entity: 'delegation',
        fields: {
          from: actor.id,
          to: to?.id ?? null,
          startsAt: dateInstant(from),
          endsAt: dateInstant(until),
        },
      },
      { done: text('done.delegation'), showsRefusal: true },
    );
  return (
    <FormDialog title={text('command.delegation-new')} submit={submit} onClose={onClose} width="normal">
      <p>{text('delegation.hint')}</p>
      <RecordCombo
        label={text('delegation.to')}
        entity="person"
        value={to}
        onChange={(id, title) => setTo(id === null ? null : { id, title })}
        isRequired
        autoFocus
      />
      <TextField
        type="date"
        label={text('delegation.from')}
        description={info.timeZone}
        value={from}
        onChange={setFrom}
      />
      <TextField
        type="date"
        label={text('delegation.until')}
        description={info.timeZone}
        value={until}
        onChange={setUntil}
      />
    </FormDialog>
  );
}

/** A plan that is authorised beforehand: standard changes are made from it. */
export function TemplateDialog({ onClose }: DialogProps): ReactNode {
  const text = useChangeText();
  const { runner } = useDeskContext();
  const [name, setName] = useState('');
  const [implementationPlan, setPlan] = useState('');
  const [backoutPlan, setBackout] = useState('');
  const [asset, setAsset] = useState<Picked | null>(null);
  const submit = () =>
    runner.run(
      'record.create',
      {
        entity: 'change-template',
        fields: { name, implementationPlan, backoutPlan, ...(asset === null ? {} : { asset: asset.id }) },
      },
      { done: text('done.template'), showsRefusal: true },
    );
  return (
    <FormDialog title={text('command.template-new')} submit={submit} onClose={onClose} width="normal">
      <TextField
        label={text('window.name')}
        value={name}
        onChange={setName}
        maxLength={changeTemplate.fields.name.maxLength}
        isRequired
        autoFocus
      />
      <RecordCombo
        label={fieldText(text, 'change', 'asset')}
        entity="asset"
        value={asset}
        onChange={(id, title) => setAsset(id === null ? null : { id, title })}
      />
      <TextArea
        label={fieldText(text, 'change', 'implementationPlan')}
        value={implementationPlan}
        onChange={setPlan}
        maxLength={changeTemplate.fields.implementationPlan.maxLength}
      />
      <TextArea
        label={fieldText(text, 'change', 'backoutPlan')}
        value={backoutPlan}
        onChange={setBackout}
        maxLength={changeTemplate.fields.backoutPlan.maxLength}
      />
    </FormDialog>
  );
}
