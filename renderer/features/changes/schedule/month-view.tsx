import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { ScheduleView } from '../../../data/changes/changes-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import type { CalendarDay } from './calendar-range.ts';
import { ChangeBlock } from './change-block.tsx';
import type { MoveChange } from './use-move-change.ts';
import { WindowMark } from './window-mark.tsx';
import styles from './schedule-screen.module.css';

export interface CalendarViewProps {
  readonly days: readonly CalendarDay[];
  readonly view: ScheduleView;
  readonly move: MoveChange;
}

/** A month by weeks; each change stands on the day it begins. */
export function MonthView({ days, view, move }: CalendarViewProps): ReactNode {
  const intl = useIntl();
  return (
    <ol className={classNames(styles, 'month')}>
      {days.map((day) => (
        <li key={day.from} className={classNames(styles, 'day', !day.isOwn && 'foreign')}>
          <span className={classNames(styles, 'date')}>
            {intl.formatDate(day.from, { weekday: 'short', day: 'numeric' })}
          </span>
          {view.windows
            .filter((window) => standsOn(window, day))
            .map((window) => (
              <WindowMark key={`${window.id}-${window.from}`} window={window} />
            ))}
          {view.changes
            .filter((change) => {
              const from = move.moved?.id === change.id ? move.moved.from : change.from;
              return from >= day.from && from < day.to;
            })
            .map((change) => (
              <ChangeBlock key={change.id} change={change} move={move} />
            ))}
        </li>
      ))}
    </ol>
  );
}

/** What is shorter than a day stands where it begins, so that a night is told once. */
function standsOn({ from, to }: { readonly from: number; readonly to: number }, day: CalendarDay): boolean {
  return to - from < day.to - day.from ? from >= day.from && from < day.to : from < day.to && day.from < to;
}
