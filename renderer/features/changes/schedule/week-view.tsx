import { useRef, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import { classNames } from '../../../ui/class-names.ts';
import { placeWithin } from './calendar-range.ts';
import { ChangeBlock } from './change-block.tsx';
import { lanesOf } from './lanes.ts';
import type { CalendarViewProps } from './month-view.tsx';
import { WindowMark } from './window-mark.tsx';
import styles from './schedule-screen.module.css';

const hours = [0, 4, 8, 12, 16, 20];
const dayMs = 86_400_000;
/** A block is never lower than can be pressed. */
const leastMs = 70 * 60_000;

/** A week, a column a day; drag up and down moves in the day, sideways to another one. */
export function WeekView({ days, view, move }: CalendarViewProps): ReactNode {
  const intl = useIntl();
  const grid = useRef<HTMLOListElement>(null);
  const timeOf = (dx: number, dy: number): number => {
    const box = grid.current?.getBoundingClientRect();
    if (box === undefined) return 0;
    return Math.round((dx / box.width) * days.length) * dayMs + (dy / box.height) * dayMs;
  };
  return (
    <div className={classNames(styles, 'week')}>
      <div aria-hidden className={classNames(styles, 'hours')}>
        {hours.map((hour) => (
          <span key={hour} className={classNames(styles, 'hour')}>
            {intl.formatTime(new Date(2026, 0, 1, hour), { hour: 'numeric' })}
          </span>
        ))}
      </div>
      <ol ref={grid} className={classNames(styles, 'columns')}>
        {days.map((day) => {
          const changes = view.changes
            .map((change) => ({ change, at: move.moved?.id === change.id ? move.moved : change }))
            .filter(({ at }) => at.from < day.to && day.from < at.to);
          const lanes = lanesOf(
            changes.map(({ at }) => at),
            leastMs,
          );
          return (
            <li key={day.from} className={classNames(styles, 'column')}>
              <span className={classNames(styles, 'date')}>
                {intl.formatDate(day.from, { weekday: 'short', day: 'numeric', month: 'short' })}
              </span>
              <div className={classNames(styles, 'track')}>
                {view.windows
                  .filter(({ from, to }) => from < day.to && day.from < to)
                  .map((window) => {
                    const { start, length } = placeWithin(window, day);
                    return (
                      <WindowMark
                        key={`${window.id}-${window.from}`}
                        window={window}
                        style={{ insetBlockStart: `${start}%`, blockSize: `${length}%` }}
                      />
                    );
                  })}
                {changes.map(({ change, at }, index) => {
                  const { start, length } = placeWithin(at, day);
                  const lane = lanes.lanes[index] ?? 0;
                  return (
                    <ChangeBlock
                      key={change.id}
                      change={change}
                      move={move}
                      timeOf={timeOf}
                      style={{
                        insetBlockStart: `${start}%`,
                        blockSize: `${length}%`,
                        insetInlineStart: `${(lane / lanes.count) * 100}%`,
                        inlineSize: `${100 / lanes.count}%`,
                      }}
                    />
                  );
                })}
              </div>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
