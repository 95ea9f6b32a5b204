import type { TimeContext } from '../../../shared/search/query-times.ts';

/** Days of the zone of this device. */
export function localDays(now: number): TimeContext {
  return {
    now,
    startOfDay: (year, month, day) => new Date(year, month - 1, day).getTime(),
    dayOf: (at) => {
      const date = new Date(at);
      return { year: date.getFullYear(), month: date.getMonth() + 1, day: date.getDate() };
    },
  };
}
