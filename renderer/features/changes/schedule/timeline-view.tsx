import { useRef, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { classNames } from '../../../ui/class-names.ts';
import { useChangeText } from '../change-text.ts';
import { placeWithin } from './calendar-range.ts';
import { ChangeBlock } from './change-block.tsx';
import type { CalendarViewProps } from './month-view.tsx';
import { WindowMark } from './window-mark.tsx';
import styles from './schedule-screen.module.css';

/** Two weeks, a row for each service a change is for; drag sideways moves it. */
export function TimelineView({ days, view, move }: CalendarViewProps): ReactNode {
  const text = useChangeText();
  const intl = useIntl();
  const head = useRef<HTMLDivElement>(null);
  const whole = { from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 1 };
  const timeOf = (dx: number): number => (dx / (head.current?.clientWidth ?? 1)) * (whole.to - whole.from);
  const services = [...new Set(view.changes.flatMap((change) => change.services))].toSorted();
  const others = view.changes.filter((change) => change.services.length === 0);
  const rows = [
    ...services.map((name) => [name, view.changes.filter((change) => change.services.includes(name))] as const),
    ...(others.length === 0 ? [] : [[text('timeline.no-service'), others] as const]),
  ];
  const across = (each: { readonly from: number; readonly to: number }) => {
    const { start, length } = placeWithin(each, whole);
    return { insetInlineStart: `${start}%`, inlineSize: `${length}%` };
  };
  return (
    <div className={classNames(styles, 'timeline')}>
      <div aria-hidden className={classNames(styles, 'lane', 'heads')}>
        <span />
        <div ref={head} className={classNames(styles, 'ticks')}>
          {days.map((day) => (
            <span key={day.from} className={classNames(styles, 'tick')}>
              {intl.formatDate(day.from, { weekday: 'narrow', day: 'numeric' })}
            </span>
          ))}
        </div>
      </div>
      {view.windows.length === 0 ? null : (
        <section aria-label={text('timeline.windows')} className={classNames(styles, 'lane')}>
          <span className={classNames(styles, 'laneName')}>{text('timeline.windows')}</span>
          <div className={classNames(styles, 'rail')}>
            {view.windows.map((window) => (
              <WindowMark key={`${window.id}-${window.from}`} window={window} style={across(window)} />
            ))}
          </div>
        </section>
      )}
      {rows.map(([name, changes]) => (
        <section key={name} aria-label={name} className={classNames(styles, 'lane')}>
          <bdi className={classNames(styles, 'laneName')}>{name}</bdi>
          <div className={classNames(styles, 'rail')}>
            {changes.map((change) => (
              <ChangeBlock
                key={change.id}
                change={change}
                move={move}
                timeOf={timeOf}
                style={across(move.moved?.id === change.id ? move.moved : change)}
              />
            ))}
          </div>
        </section>
      ))}
    </div>
  );
}
