import { useEffect, useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { hoursText } from '../../../shared/domain/calendar/week-text.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import type { CalendarPreview } from '../../data/service-levels/target-view.ts';
import { useServices } from '../../services/services.ts';
import { classNames } from '../../ui/class-names.ts';
import { useServiceLevelText } from './service-level-text.ts';
import styles from './form.module.css';

const shownDays = 14;

/** The coming days as the form has them: a wrong hour shows before it is saved. */
export function NextDays({
  calendar,
  values,
}: {
  readonly calendar: string | null;
  readonly values: RecordValues | null;
}): ReactNode {
  const text = useServiceLevelText();
  const intl = useIntl();
  const { data } = useServices();
  const [preview, setPreview] = useState<CalendarPreview | null>(null);
  const key = values === null ? '' : JSON.stringify(values);
  useEffect(() => {
    if (key === '') return undefined;
    let isCurrent = true;
    const asked = { id: calendar, values: JSON.parse(key) as RecordValues, days: shownDays };
    void data.call('previewCalendar', asked).then((answer) => {
      if (isCurrent) setPreview(answer);
    });
    return () => {
      isCurrent = false;
    };
  }, [calendar, data, key]);
  if (preview === null || preview.problem !== null) return null;
  return (
    <section aria-label={text('form.next-days', { count: shownDays })} className={classNames(styles, 'group')}>
      <h3 className={classNames(styles, 'heading')}>{text('form.next-days', { count: shownDays })}</h3>
      <ul className={classNames(styles, 'days')}>
        {preview.days.map(({ date, holiday, open }) => (
          <li key={date} className={classNames(styles, 'day', open.length === 0 && 'off')}>
            <span>
              {intl.formatDate(`${date}T12:00:00Z`, {
                weekday: 'short',
                day: 'numeric',
                month: 'short',
                timeZone: 'UTC',
              })}
            </span>
            <bdi>
              {holiday !== null && holiday !== '' ? holiday : open.length === 0 ? text('form.closed') : hoursText(open)}
            </bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
