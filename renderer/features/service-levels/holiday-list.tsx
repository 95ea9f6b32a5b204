import { FileUp, Plus, X } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import type { Row } from '../../data/data-api.ts';
import { useServices } from '../../services/services.ts';
import { useWatch } from '../../services/use-watch.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { TextField } from '../../ui/text-field.tsx';
import { useDeskContext } from '../../widgets/desk.ts';
import { textValue } from '../../widgets/row-title.ts';
import { useServiceLevelText } from './service-level-text.ts';
import styles from './form.module.css';

/** Holidays of a saved calendar: each change is saved by itself and can be undone like any other. */
export function HolidayList({ calendar }: { readonly calendar: string | null }): ReactNode {
  const text = useServiceLevelText();
  const { result } = useWatch(
    calendar === null
      ? null
      : {
          type: 'list',
          entity: 'holiday',
          where: [
            { field: 'calendar', op: 'in', values: [calendar] },
            { field: 'active', op: 'not-in', values: ['false'] },
          ],
          search: '',
          sort: [{ field: 'date', direction: 'ascending' }],
          offset: 0,
          limit: 500,
        },
  );
  return (
    <section aria-label={text('form.holidays')} className={classNames(styles, 'group')}>
      <h3 className={classNames(styles, 'heading')}>{text('form.holidays')}</h3>
      {calendar === null ? (
        <p className={classNames(styles, 'hint')}>{text('form.holidays-later')}</p>
      ) : (
        <>
          {result?.total === 0 ? <p className={classNames(styles, 'hint')}>{text('form.holidays-none')}</p> : null}
          <ul className={classNames(styles, 'holidays')} aria-label={text('form.holidays')}>
            {(result?.rows ?? []).map((row) => (
              <Holiday key={row.id} row={row} />
            ))}
          </ul>
          <AddHoliday calendar={calendar} />
        </>
      )}
    </section>
  );
}

function Holiday({ row }: { readonly row: Row }): ReactNode {
  const text = useServiceLevelText();
  const { runner } = useDeskContext();
  const date = textValue(row.values, 'date');
  const name = textValue(row.values, 'name');
  return (
    <li className={classNames(styles, 'holiday')}>
      <span>{date.startsWith('--') ? `${date.slice(2)} (${text('form.every-year')})` : date}</span>
      <bdi>{name}</bdi>
      <IconButton
        size="small"
        label={text('form.holiday-remove', { name: name === '' ? date : name })}
        icon={<X size={13} />}
        onPress={() =>
          void runner.run(
            'record.edit',
            { entity: 'holiday', id: row.id, fields: { active: false } },
            { done: text('done.holiday') },
          )
        }
      />
    </li>
  );
}

function AddHoliday({ calendar }: { readonly calendar: string }): ReactNode {
  const text = useServiceLevelText();
  const { runner } = useDeskContext();
  const { data } = useServices();
  const [date, setDate] = useState('');
  const [name, setName] = useState('');
  const [note, setNote] = useState('');
  const input = useRef<HTMLInputElement>(null);

  const add = async (): Promise<void> => {
    const outcome = await runner.run(
      'calendar.import-holidays',
      { id: calendar, holidays: [{ date: date.trim(), name: name.trim() }] },
      { done: text('done.holiday') },
    );
    if (!outcome.ok) return;
    setDate('');
    setName('');
  };
  const takeFeed = async (file: File): Promise<void> => {
    const read = await data.call('readHolidayFeed', { text: await file.text() });
    if (!read.ok) {
      setNote(text(`feed.${read.failure.kind}`, { detail: read.failure.detail }));
      return;
    }
    const { holidays, skipped } = read.value;
    const outcome =
      holidays.length === 0
        ? null
        : await runner.run(
            'calendar.import-holidays',
            { id: calendar, holidays },
            { done: text('done.holidays', { count: holidays.length }), showsRefusal: true },
          );
    const isKnown = outcome?.ok === false && outcome.failure.kind === 'nothing-to-change';
    setNote(
      [
        outcome === null ? text('feed.no-events') : isKnown ? text('feed.nothing-new') : '',
        skipped.length === 0 ? '' : text('feed.skipped', { count: skipped.length }),
      ]
        .filter((part) => part !== '')
        .join(' '),
    );
  };

  return (
    <>
      <div className={classNames(styles, 'add')}>
        <TextField
          label={text('form.holiday-date')}
          value={date}
          onChange={setDate}
          placeholder={text('form.holiday-date-hint')}
          maxLength={10}
        />
        <TextField label={text('form.holiday-name')} value={name} onChange={setName} maxLength={200} />
        <Button icon={<Plus size={14} />} isDisabled={date.trim() === ''} onPress={() => void add()}>
          {text('form.holiday-add')}
        </Button>
        <Button icon={<FileUp size={14} />} onPress={() => input.current?.click()}>
          {text('form.import-ics')}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".ics,text/calendar"
          hidden
          aria-label={text('form.import-ics')}
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file !== undefined) void takeFeed(file);
          }}
        />
      </div>
      {note === '' ? null : (
        <p role="status" className={classNames(styles, 'hint')}>
          {note}
        </p>
      )}
    </>
  );
}
