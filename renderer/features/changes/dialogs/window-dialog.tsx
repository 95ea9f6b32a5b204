import { useState, type ReactNode } from 'react';
import { useServices } from '../../../services/services.ts';
import type { Overlay } from '../../../store/overlay-slice.ts';
import { Select } from '../../../ui/select.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useDeskContext } from '../../../widgets/desk.ts';
import { FormDialog } from '../../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../../widgets/record-combo.tsx';
import { useChangeText } from '../change-text.ts';

interface DialogProps {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}

const repeats = ['once', 'daily', 'weekly', 'monthly'] as const;
const weekdays = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

function ruleOf(repeat: string, startsAt: string): string | null {
  const date = new Date(`${startsAt}Z`);
  switch (repeat) {
    case 'daily':
      return 'FREQ=DAILY';
    case 'weekly':
      return `FREQ=WEEKLY;BYDAY=${weekdays[date.getUTCDay()] ?? 'SU'}`;
    case 'monthly':
      return `FREQ=MONTHLY;BYMONTHDAY=${date.getUTCDate()}`;
    default:
      return null;
  }
}

export function BlackoutDialog({ onClose }: DialogProps): ReactNode {
  return <WindowDialog entity="blackout" onClose={onClose} />;
}
export function MaintenanceWindowDialog({ onClose }: DialogProps): ReactNode {
  return <WindowDialog entity="maintenance-window" onClose={onClose} />;
}

/** A blackout or a maintenance window, in the wall clock of a zone. */
function WindowDialog({
  entity,
  onClose,
}: {
  readonly entity: 'blackout' | 'maintenance-window';
  readonly onClose: () => void;
}): ReactNode {
  const text = useChangeText();
  const { info } = useServices();
  const { runner } = useDeskContext();
  const [name, setName] = useState('');
  const [timeZone, setTimeZone] = useState(info.timeZone);
  const [startsAt, setStart] = useState('');
  const [endsAt, setEnd] = useState('');
  const [repeat, setRepeat] = useState<string>('once');
  const [asset, setAsset] = useState<{ readonly id: string; readonly title: string } | null>(null);
  const [service, setService] = useState<{ readonly id: string; readonly title: string } | null>(null);
  const submit = () =>
    runner.run(
      'record.create',
      {
        entity,
        fields: {
          name,
          timeZone,
          startsAt,
          endsAt,
          recurrence: ruleOf(repeat, startsAt),
          assets: asset === null ? [] : [asset.id],
          services: service === null ? [] : [service.id],
        },
      },
      { done: text('done.window'), showsRefusal: true },
    );
  return (
    <FormDialog
      title={text(entity === 'blackout' ? 'command.blackout-new' : 'command.window-new')}
      submit={submit}
      onClose={onClose}
      width="normal"
    >
      <TextField label={text('window.name')} value={name} onChange={setName} maxLength={200} isRequired autoFocus />
      <TextField type="datetime-local" label={text('window.start')} value={startsAt} onChange={setStart} isRequired />
      <TextField type="datetime-local" label={text('window.end')} value={endsAt} onChange={setEnd} isRequired />
      <TextField label={text('window.zone')} value={timeZone} onChange={setTimeZone} maxLength={64} isRequired />
      <Select
        label={text('window.repeat')}
        choices={repeats.map((id) => ({ id, label: text(`repeat.${id}`) }))}
        value={repeat}
        onChange={setRepeat}
        placeholder={text('value.none')}
      />
      <RecordCombo
        label={text('window.asset')}
        entity="asset"
        value={asset}
        onChange={(id, title) => setAsset(id === null ? null : { id, title })}
        placeholder={text('window.all')}
      />
      <RecordCombo
        label={text('window.service')}
        entity="service"
        value={service}
        onChange={(id, title) => setService(id === null ? null : { id, title })}
        placeholder={text('window.all')}
      />
    </FormDialog>
  );
}
