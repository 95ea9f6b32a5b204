import { useState, type ReactNode } from 'react';
import { onHoldReasons, priorities, ticketTypes } from '../../../shared/domain/ticket/ticket.ts';
import {
  calendarSources,
  changeRules,
  durationUnits,
  reopenRules,
  responseStops,
  serviceLevelKinds,
  targetNames,
  zoneSources,
} from '../../../shared/domain/service-level/service-level-words.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import type { RecordView } from '../../data/data-api.ts';
import { useWatch } from '../../services/use-watch.ts';
import type { Overlay } from '../../store/overlay-slice.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { classNames } from '../../ui/class-names.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { choiceText, fieldText } from '../../widgets/choice-text.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { FormDialog } from '../../widgets/form-dialog.tsx';
import { RecordCombo } from '../../widgets/record-combo.tsx';
import { levelFields, levelForm, levelValues, type LevelForm } from './level-form.ts';
import { PreviewLine } from './preview-line.tsx';
import { useServiceLevelText } from './service-level-text.ts';
import { RecordSetPick, SetPick } from './set-pick.tsx';
import { usePolicyPreview } from './use-policy-preview.ts';
import styles from './form.module.css';

interface OverlayProps {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}

/** Makes or changes a service level. */
export function LevelDialog({ overlay, onClose }: OverlayProps): ReactNode {
  const id = overlay.ids?.[0] ?? null;
  const { result: record } = useWatch(id === null ? null : { type: 'record', id });
  if (id !== null && !record) return null;
  return <LevelFormDialog key={id ?? ''} record={record ?? null} onClose={onClose} />;
}

const choiceFields = {
  kind: serviceLevelKinds,
  target: targetNames,
  unit: durationUnits,
  calendarFrom: calendarSources,
  zoneFrom: zoneSources,
  responseStop: responseStops,
  onChange: changeRules,
  onReopen: reopenRules,
} as const;
type ChoiceField = keyof typeof choiceFields;

function LevelFormDialog({
  record,
  onClose,
}: {
  readonly record: RecordView | null;
  readonly onClose: () => void;
}): ReactNode {
  const text = useServiceLevelText();
  const { runner } = useDeskContext();
  const [form, setForm] = useState<LevelForm>(() => levelForm(record?.values ?? null));
  const [calendarTitle, setCalendarTitle] = useState(record?.titles['calendar'] ?? '');
  const preview = usePolicyPreview(record?.id ?? 'new', levelValues(form));
  const { fields, sets } = form;
  const set = (field: string, value: FieldValue): void => {
    setForm((before) => ({ ...before, fields: { ...before.fields, [field]: value } }));
  };
  const setList = (field: keyof LevelForm['sets'], value: readonly string[]): void => {
    setForm((before) => ({ ...before, sets: { ...before.sets, [field]: value } }));
  };
  const name = (field: string): string => fieldText(text, 'service-level', field);
  const select = (field: ChoiceField): ReactNode => (
    <Select
      label={name(field)}
      choices={choiceFields[field].map((each) => ({ id: each, label: choiceText(text, field, each) }))}
      value={String(fields[field] ?? '')}
      onChange={(value) => set(field, value)}
      placeholder=""
    />
  );
  const pick = (
    field: 'types' | 'priorities' | 'pausesOn',
    of: string,
    ids: readonly string[],
    none: string,
  ): ReactNode => (
    <SetPick
      label={name(field)}
      emptyLabel={none}
      choices={ids.map((each) => ({ id: each, label: choiceText(text, of, each) }))}
      selected={sets[field]}
      onChange={(value) => setList(field, value)}
    />
  );
  const calendar = String(fields['calendar'] ?? '');
  const given = levelFields(form);
  const submit = () =>
    record === null
      ? runner.run(
          'record.create',
          { entity: 'service-level', fields: given },
          { done: text('done.level'), showsRefusal: true },
        )
      : runner.run(
          'record.edit',
          { entity: 'service-level', id: record.id, fields: given },
          { done: text('done.level'), showsRefusal: true },
        );
  return (
    <FormDialog title={text(record === null ? 'form.level-new' : 'form.level-edit')} submit={submit} onClose={onClose}>
      <section aria-label={text('form.agreement')} className={classNames(styles, 'group')}>
        <TextField
          label={name('name')}
          value={String(fields['name'] ?? '')}
          onChange={(value) => set('name', value)}
          maxLength={200}
          isRequired
          autoFocus
        />
        <div className={classNames(styles, 'grid')}>
          {select('kind')}
          {select('target')}
          <TextField
            label={name('amount')}
            value={form.amount}
            onChange={(amount) => setForm((before) => ({ ...before, amount }))}
            isRequired
          />
          {select('unit')}
          <RecordCombo
            label={name('calendar')}
            entity="calendar"
            value={calendar === '' ? null : { id: calendar, title: calendarTitle }}
            onChange={(id, title) => {
              set('calendar', id);
              setCalendarTitle(title);
            }}
            isRequired
          />
          {select('calendarFrom')}
          {select('zoneFrom')}
        </div>
        {fields['unit'] === 'working-days' ? (
          <Checkbox
            label={name('endOfDay')}
            isSelected={fields['endOfDay'] === true}
            onChange={(value) => set('endOfDay', value)}
          />
        ) : null}
      </section>
      <section aria-label={text('form.applies')} className={classNames(styles, 'group')}>
        <h3 className={classNames(styles, 'heading')}>{text('form.applies')}</h3>
        <div className={classNames(styles, 'grid')}>
          {pick('priorities', 'priority', priorities, text('form.any'))}
          {pick('types', 'type', ticketTypes, text('form.any'))}
          {(['services', 'sites', 'queues'] as const).map((field) => (
            <RecordSetPick
              key={field}
              entity={field === 'services' ? 'service' : field === 'sites' ? 'site' : 'queue'}
              label={name(field)}
              emptyLabel={text('form.any')}
              selected={sets[field]}
              onChange={(value) => setList(field, value)}
            />
          ))}
        </div>
      </section>
      <section aria-label={text('form.rules')} className={classNames(styles, 'group')}>
        <h3 className={classNames(styles, 'heading')}>{text('form.rules')}</h3>
        <div className={classNames(styles, 'grid')}>
          {pick('pausesOn', 'onHoldReason', onHoldReasons, text('form.never-pauses'))}
          {fields['target'] === 'response' ? select('responseStop') : null}
          {select('onChange')}
          {fields['target'] === 'resolution' ? select('onReopen') : null}
        </div>
        <TextField
          label={name('steps')}
          value={form.steps}
          onChange={(steps) => setForm((before) => ({ ...before, steps }))}
          description={text('form.steps-hint')}
        />
        <div className={classNames(styles, 'checks')}>
          {(['noticesInHours', 'active'] as const).map((field) => (
            <Checkbox
              key={field}
              label={name(field)}
              isSelected={fields[field] === true}
              onChange={(value) => set(field, value)}
            />
          ))}
        </div>
      </section>
      <PreviewLine preview={preview} />
    </FormDialog>
  );
}
