import { useRef, type CSSProperties, type ReactNode } from 'react';
import { useIntl } from 'react-intl';
import type { ScheduledChange } from '../../../data/changes/changes-api.ts';
import { classNames } from '../../../ui/class-names.ts';
import { useChangeText } from '../change-text.ts';
import { placeWithin } from './calendar-range.ts';
import { ChangeBlock } from './change-block.tsx';
import { lanesOf } from './lanes.ts';
import type { CalendarViewProps } from './month-view.tsx';
import { WindowMark } from './window-mark.tsx';
import styles from './schedule-screen.module.css';

/** px */
const laneHeight = 30;
/** The part of the width that a block can be pressed on takes in a narrow window. */
const leastPart = 0.05;

/** Two weeks, a row for each service a change is for; drag sideways moves it. */
export function TimelineView({ days, view, move }: CalendarViewProps): ReactNode {
  const text = useChangeText();
  const intl = useIntl();
  const head = useRef<HTMLDivElement>(null);
  const whole = { from: days[0]?.from ?? 0, to: days.at(-1)?.to ?? 1 };
  const timeOf = (dx: number): number => (dx / (head.current?.clientWidth ?? 1)) * (whole.to - whole.from);
  const services = [...new Set(view.changes.flatMap((change) => change.services))].toSorted();
  const windows = [...new Map(view.windows.map(({ id, name }) => [id, name]))];
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
      <div aria-hidden className={classNames(styles, 'lane')}>
        <span />
        <div ref={head} className={classNames(styles, 'ticks')}>
          {days.map((day) => (
            <span key={day.from} className={classNames(styles, 'tick')}>
              {intl.formatDate(day.from, { weekday: 'narrow', day: 'numeric' })}
            </span>
          ))}
        </div>
      </div>
      {windows.map(([id, name]) => (
        <section key={id} aria-label={name} className={classNames(styles, 'lane')}>
          <bdi className={classNames(styles, 'laneName')}>{name}</bdi>
          <div className={classNames(styles, 'rail')}>
            {view.windows
              .filter((window) => window.id === id)
              .map((window) => (
                <WindowMark key={window.from} window={window} style={across(window)} />
              ))}
          </div>
        </section>
      ))}
      {rows.map(([name, changes]) => (
        <ServiceLane
          key={name}
          name={name}
          changes={changes}
          whole={whole}
          move={move}
          timeOf={timeOf}
          across={across}
        />
      ))}
    </div>
  );
}

interface ServiceLaneProps {
  readonly name: string;
  readonly changes: readonly ScheduledChange[];
  readonly whole: { readonly from: number; readonly to: number };
  readonly move: CalendarViewProps['move'];
  readonly timeOf: (dx: number) => number;
  readonly across: (each: { readonly from: number; readonly to: number }) => CSSProperties;
}

/** Below each other what is at one time, so that each can be read and pressed. */
function ServiceLane({ name, changes, whole, move, timeOf, across }: ServiceLaneProps): ReactNode {
  const times = changes.map((change) => (move.moved?.id === change.id ? move.moved : change));
  const { lanes, count } = lanesOf(times, (whole.to - whole.from) * leastPart);
  return (
    <section aria-label={name} className={classNames(styles, 'lane')}>
      <bdi className={classNames(styles, 'laneName')}>{name}</bdi>
      <div className={classNames(styles, 'rail')} style={{ blockSize: count * laneHeight + 4 }}>
        {changes.map((change, index) => (
          <ChangeBlock
            key={change.id}
            change={change}
            move={move}
            timeOf={timeOf}
            style={{ ...across(times[index] ?? change), insetBlockStart: (lanes[index] ?? 0) * laneHeight + 4 }}
          />
        ))}
      </div>
    </section>
  );
}
