import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import { relativeTime } from '../services/format-time.ts';
import { useServices } from '../services/services.ts';
import { useText } from '../services/text.ts';
import { useNow } from '../services/use-now.ts';

export interface TimeText {
  /** For lists: how long ago. */
  readonly short: (at: number) => string;
  /** Date, time and zone on one line, for times that are compared. */
  readonly exact: (at: number) => string;
  /** Time of day, with the date when it is not today. */
  readonly clock: (at: number) => string;
  /** Everything, for hovers and screen readers. */
  readonly full: (at: number) => string;
}

/** Functions that tell an instant (ms). */
export function useTimeText(): TimeText {
  const intl = useIntl();
  const text = useText();
  const { now: clock, info } = useServices();
  const now = useNow(clock);
  const { timeZone } = info;
  const yearOf = (at: number): object =>
    new Date(at).getFullYear() === new Date(now).getFullYear() ? {} : { year: 'numeric' };
  const isToday = (at: number): boolean => intl.formatDate(at, { timeZone }) === intl.formatDate(now, { timeZone });
  const dayAndTime = { timeZone, day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  return {
    exact: (at) => intl.formatDate(at, { ...dayAndTime, ...yearOf(at), timeZoneName: 'short' }),
    clock: (at) =>
      isToday(at) ? intl.formatTime(at, { timeZone }) : intl.formatDate(at, { ...dayAndTime, ...yearOf(at) }),
    short: (at) => {
      const relative = relativeTime(at, now);
      switch (relative.kind) {
        case 'now':
          return text('time.now');
        case 'yesterday':
          return text('time.yesterday');
        case 'minutes':
          return text('time.minutes', { count: relative.count });
        case 'hours':
          return text('time.hours', { count: relative.count });
        case 'days':
          return text('time.days', { count: relative.count });
        case 'absolute':
          return intl.formatDate(at, { day: 'numeric', month: 'short', ...yearOf(at) });
      }
    },
    full: (at) => {
      const when = intl.formatDate(at, { dateStyle: 'full', timeStyle: 'medium', timeZone });
      return text('time.absolute', { when, zone: timeZone });
    },
  };
}

/** An instant (ms): short in sight, absolute with its zone on hover. */
export function Moment({ at }: { readonly at: number }): ReactNode {
  const { short, full } = useTimeText();
  return (
    <time dateTime={new Date(at).toISOString()} title={full(at)}>
      {short(at)}
    </time>
  );
}
