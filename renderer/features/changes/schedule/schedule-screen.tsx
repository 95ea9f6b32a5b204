import { CalendarRange, ChevronLeft, ChevronRight, Plus } from 'lucide-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { useServices } from '../../../services/services.ts';
import { useWatch } from '../../../services/use-watch.ts';
import { useDeskDispatch } from '../../../store/desk-state.ts';
import { overlaySlice } from '../../../store/overlay-slice.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { useTimeText } from '../../../widgets/moment.tsx';
import { ScreenFrame } from '../../../widgets/screen-frame.tsx';
import { useChangeText } from '../change-text.ts';
import { conflictText } from '../record/conflict-list.tsx';
import { calendarLooks, daysOf, stepLook, type CalendarLook } from './calendar-range.ts';
import { MonthView } from './month-view.tsx';
import { TimelineView } from './timeline-view.tsx';
import { useMoveChange, type MoveChange } from './use-move-change.ts';
import { WeekView } from './week-view.tsx';
import styles from './schedule-screen.module.css';

/** Planned changes with blackouts and maintenance windows: a month, a week, or two weeks by service. */
export function ScheduleScreen(): ReactNode {
  const text = useChangeText();
  const intl = useIntl();
  const dispatch = useDeskDispatch();
  const { now, info } = useServices();
  const [look, setLook] = useState<CalendarLook>('week');
  const [at, setAt] = useState(() => now());
  const days = useMemo(() => daysOf(look, at), [look, at]);
  const from = days[0]?.from ?? at;
  const to = days.at(-1)?.to ?? at;
  const { result: view } = useWatch({ type: 'change-schedule', from, to });
  const move = useMoveChange();
  const open = (id: string): void => void dispatch(overlaySlice.actions.openedOverlay({ id }));
  const range = intl.formatDateTimeRange(from, to - 1, { dateStyle: 'medium' });
  return (
    <ScreenFrame
      title={text('calendar.title')}
      actions={
        <>
          <Button onPress={() => open('blackout')}>{text('command.blackout-new')}</Button>
          <Button onPress={() => open('maintenance-window')}>{text('command.window-new')}</Button>
          <Button variant="primary" icon={<Plus size={15} />} keys="c" onPress={() => open('change-new')}>
            {text('command.change-new')}
          </Button>
        </>
      }
    >
      <div className={classNames(styles, 'tools')}>
        <Segmented
          label={text('calendar.look')}
          segments={calendarLooks.map((id) => ({ id, label: text(`calendar.${id}`) }))}
          value={look}
          onChange={setLook}
        />
        <IconButton
          label={text('calendar.earlier')}
          icon={<ChevronLeft size={16} />}
          onPress={() => setAt(stepLook(look, at, -1))}
        />
        <Button onPress={() => setAt(now())}>{text('calendar.today')}</Button>
        <IconButton
          label={text('calendar.later')}
          icon={<ChevronRight size={16} />}
          onPress={() => setAt(stepLook(look, at, 1))}
        />
        <h2 className={classNames(styles, 'range')}>{range}</h2>
        <span className={classNames(styles, 'zone')}>{info.timeZone}</span>
      </div>
      <Verdict move={move} />
      {view === undefined ? null : view.changes.length === 0 && view.windows.length === 0 ? (
        <EmptyState glyph={<CalendarRange size={22} />} title={text('calendar.none')}>
          {text('calendar.none-hint')}
        </EmptyState>
      ) : look === 'month' ? (
        <MonthView days={days} view={view} move={move} />
      ) : look === 'week' ? (
        <WeekView days={days} view={view} move={move} />
      ) : (
        <TimelineView days={days} view={view} move={move} />
      )}
    </ScreenFrame>
  );
}

/** What stands against the place where a change is held now, told while it is moved. */
function Verdict({ move: { moved, verdict } }: { readonly move: MoveChange }): ReactNode {
  const text = useChangeText();
  const { exact } = useTimeText();
  const words =
    moved === null
      ? text('calendar.how-to-move')
      : verdict === undefined
        ? text('move.checking')
        : verdict.length === 0
          ? text('move.free', { when: exact(moved.from) })
          : text('move.against', {
              when: exact(moved.from),
              why: verdict.map((conflict) => conflictText(text, conflict)).join(' '),
            });
  return (
    <p
      role="status"
      className={classNames(
        styles,
        'verdict',
        moved !== null && verdict !== undefined && verdict.length > 0 && 'against',
      )}
    >
      {words}
    </p>
  );
}
