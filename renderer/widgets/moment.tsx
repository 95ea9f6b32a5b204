import { useIntl } from 'react-intl';
import type { ReactNode } from 'react';
import { relativeTime } from '../services/format-time.ts';
import { useServices } from '../services/services.ts';
import { useText } from '../services/text.ts';
import { useNow } from '../services/use-now.ts';

/** Functions that tell an instant (ms): `short` for lists, `full` with the zone for hovers and screen readers. */
export function useTimeText(): { readonly short: (at: number) => string; readonly full: (at: number) => string } {
  const intl = useIntl();
  const text = useText();
  const { now: clock, info } = useServices();
  const now = useNow(clock);
  return {
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
        case 'absolute': {
          const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
          return intl.formatDate(at, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) });
        }
      }
    },
    full: (at) => {
      const when = intl.formatDate(at, { dateStyle: 'full', timeStyle: 'medium', timeZone: info.timeZone });
      return text('time.absolute', { when, zone: info.timeZone });
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
