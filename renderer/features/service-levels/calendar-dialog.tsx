import { useState, type ReactNode } from 'react';
import {
  specialDaysText,
  storedSpecialDays,
  storedWeek,
  parseHours,
  weekTexts,
} from '../../../shared/domain/calendar/week-text.ts';
import type { CommandOutcome, RecordView } from '../../data/data-api.ts';
import { useServices } from '../../services/services.ts';
import { useWatch } from '../../services/use-watch.ts';
import type { Overlay } from '../../store/overlay-slice.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { classNames } from '../../ui/class-names.ts';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { fieldText } from '../../widgets/choice-text.ts';
import { useDeskContext } from '../../widgets/desk.ts';
import { FormDialog } from '../../widgets/form-dialog.tsx';
import { textValue } from '../../widgets/row-title.ts';
import { HolidayList } from './holiday-list.tsx';
import { NextDays } from './next-days.tsx';
import { PreviewLine } from './preview-line.tsx';
import { useServiceLevelText } from './service-level-text.ts';
import { usePolicyPreview } from './use-policy-preview.ts';
import styles from './form.module.css';

/** Makes or changes a calendar: its week, special days and holidays, with the days that come of it. */
export function CalendarDialog({
  overlay,
  onClose,
}: {
  readonly overlay: Overlay;
  readonly onClose: () => void;
}): ReactNode {
  const id = overlay.ids?.[0] ?? null;
  const { result: record } = useWatch(id === null ? null : { type: 'record', id });
  if (id !== null && !record) return null;
  return <CalendarFormDialog key={id ?? ''} record={record ?? null} onClose={onClose} />;
}

const usualWeek = ['08:00-17:00', '08:00-17:00', '08:00-17:00', '08:00-17:00', '08:00-17:00', '', ''];
const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

function CalendarFormDialog({
  record,
  onClose,
}: {
  readonly record: RecordView | null;
  readonly onClose: () => void;
}): ReactNode {
  const text = useServiceLevelText();
  const { runner } = useDeskContext();
  const { info } = useServices();
  const values = record?.values ?? {};
  const [name, setName] = useState(textValue(values, 'name'));
  const [timeZone, setTimeZone] = useState(record === null ? info.timeZone : textValue(values, 'timeZone'));
  const [week, setWeek] = useState<readonly string[]>(() =>
    record === null ? usualWeek : (weekTexts(textValue(values, 'weekly')) ?? usualWeek),
  );
  const [special, setSpecial] = useState(() => specialDaysText(textValue(values, 'specialDays')) ?? '');
  const [active, setActive] = useState(values['active'] !== false);
  const specialDays = storedSpecialDays(special);
  const weekly = storedWeek(week);
  const isSound = weekly !== null && 'stored' in specialDays;
  const fields = isSound
    ? { name, timeZone, weekly, specialDays: specialDays.stored === '' ? null : specialDays.stored, active }
    : null;
  const preview = usePolicyPreview(record?.id ?? 'new', record === null ? null : fields);
  const submit = async (): Promise<CommandOutcome | null> => {
    if (fields === null) return null;
    const told = { done: text('done.calendar'), showsRefusal: true } as const;
    return record === null
      ? runner.run('record.create', { entity: 'calendar', fields }, told)
      : runner.run('record.edit', { entity: 'calendar', id: record.id, fields }, told);
  };
  return (
    <FormDialog
      title={text(record === null ? 'form.calendar-new' : 'form.calendar-edit')}
      submit={submit}
      onClose={onClose}
    >
      <div className={classNames(styles, 'grid')}>
        <TextField
          label={fieldText(text, 'calendar', 'name')}
          value={name}
          onChange={setName}
          maxLength={200}
          isRequired
          autoFocus
        />
        <TextField
          label={fieldText(text, 'calendar', 'timeZone')}
          value={timeZone}
          onChange={setTimeZone}
          maxLength={64}
          isRequired
        />
      </div>
      <section aria-label={text('form.week')} className={classNames(styles, 'group')}>
        <h3 className={classNames(styles, 'heading')}>{text('form.week')}</h3>
        <p className={classNames(styles, 'hint')}>{text('form.week-hint')}</p>
        <div className={classNames(styles, 'grid')}>
          {weekdays.map((day) => {
            const hours = week[day - 1] ?? '';
            return (
              <TextField
                key={day}
                label={text(`day.${day}`)}
                value={hours}
                onChange={(next) => setWeek(week.with(day - 1, next))}
                placeholder={text('form.closed')}
                error={parseHours(hours) === null ? text('form.day-error') : undefined}
              />
            );
          })}
        </div>
      </section>
      <TextArea
        label={text('form.special')}
        value={special}
        onChange={setSpecial}
        description={text('form.special-hint')}
        error={'line' in specialDays ? text('form.special-error', { line: specialDays.line }) : undefined}
        rows={2}
      />
      <HolidayList calendar={record?.id ?? null} />
      <Checkbox label={fieldText(text, 'calendar', 'active')} isSelected={active} onChange={setActive} />
      <NextDays calendar={record?.id ?? null} values={fields} />
      {record === null ? null : <PreviewLine preview={preview} />}
    </FormDialog>
  );
}
