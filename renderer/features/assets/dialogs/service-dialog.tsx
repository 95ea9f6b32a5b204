import { useState, type ReactNode } from 'react';
import { readMinUp } from '../../../../shared/domain/asset/redundancy.ts';
import type { CommandOutcome, RecordView } from '../../../data/data-api.ts';
import { useWatch } from '../../../services/use-watch.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { fieldText } from '../../../widgets/choice-text.ts';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { textValue } from '../../../widgets/row-title.ts';
import { useAssetText } from '../asset-text.ts';

/** Makes or changes a service. */
export function ServiceDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const id = overlay.ids?.[0] ?? null;
  const { result: record } = useWatch(id === null ? null : { type: 'record', id });
  if (id !== null && !record) return null;
  return <ServiceForm key={id ?? ''} record={record ?? null} onClose={onClose} />;
}

function ServiceForm({
  record,
  onClose,
}: {
  readonly record: RecordView | null;
  readonly onClose: () => void;
}): ReactNode {
  const text = useAssetText();
  const { runner } = useDeskContext();
  const values = record?.values ?? {};
  const [name, setName] = useState(textValue(values, 'name'));
  const [minUp, setMinUp] = useState(textValue(values, 'minUp'));
  const [active, setActive] = useState(values['active'] !== false);
  const queue = textValue(values, 'supportQueue');
  const [supportQueue, setSupportQueue] = useState<{ readonly id: string; readonly title: string } | null>(
    queue === '' ? null : { id: queue, title: record?.titles['supportQueue'] ?? text('value.missing') },
  );
  const submit = async (): Promise<CommandOutcome> => {
    const fields = { name, minUp: minUp.trim() === '' ? null : minUp, supportQueue: supportQueue?.id ?? null, active };
    const told = { done: text('done.service'), showsRefusal: true } as const;
    return record === null
      ? runner.run('record.create', { entity: 'service', fields }, told)
      : runner.run('record.edit', { entity: 'service', id: record.id, fields }, told);
  };
  return (
    <FormDialog title={text(record === null ? 'services.new' : 'services.edit')} submit={submit} onClose={onClose}>
      <TextField
        label={fieldText(text, 'service', 'name')}
        value={name}
        onChange={setName}
        maxLength={200}
        isRequired
        autoFocus
      />
      <RecordCombo
        label={fieldText(text, 'service', 'supportQueue')}
        entity="queue"
        value={supportQueue}
        onChange={(id, title) => setSupportQueue(id === null ? null : { id, title })}
      />
      <TextField
        label={fieldText(text, 'service', 'minUp')}
        value={minUp}
        onChange={setMinUp}
        maxLength={6}
        placeholder={text('services.all-needed')}
        description={text('services.needed-hint')}
        error={
          minUp.trim() === '' || readMinUp(minUp) !== null ? undefined : text('refusal.bad-redundancy', { got: minUp })
        }
      />
      <Checkbox label={fieldText(text, 'service', 'active')} isSelected={active} onChange={setActive} />
    </FormDialog>
  );
}
