/** How much the calendar shows at once. */
export const calendarLooks = ['month', 'week', 'timeline'] as const;
export type CalendarLook = (typeof calendarLooks)[number];

export interface CalendarDay {
  /** Beginning of the day and of the next one by the desk's clock (ms): 23 to 25 hours apart. */
  readonly from: number;
  readonly to: number;
  /** Belongs to the month in sight. */
  readonly isOwn: boolean;
}

/** Days of the timeline. */
const timelineDays = 14;

function day(year: number, month: number, date: number, ownMonth: number | null): CalendarDay {
  const from = new Date(year, month, date);
  return {
    from: from.getTime(),
    to: new Date(year, month, date + 1).getTime(),
    isOwn: ownMonth === null || from.getMonth() === ownMonth,
  };
}

/** The days a look shows around an instant (ms); weeks begin on Monday. */
export function daysOf(look: CalendarLook, at: number): readonly CalendarDay[] {
  const date = new Date(at);
  const [year, month, dayOfMonth] = [date.getFullYear(), date.getMonth(), date.getDate()];
  if (look !== 'month') {
    const monday = dayOfMonth - ((date.getDay() + 6) % 7);
    const count = look === 'week' ? 7 : timelineDays;
    return Array.from({ length: count }, (_, step) => day(year, month, monday + step, null));
  }
  const lead = (new Date(year, month, 1).getDay() + 6) % 7;
  const weeks = Math.ceil((lead + new Date(year, month + 1, 0).getDate()) / 7);
  return Array.from({ length: weeks * 7 }, (_, step) => day(year, month, 1 - lead + step, month));
}

/** The same look one step earlier (-1) or later (1). */
export function stepLook(look: CalendarLook, at: number, step: -1 | 1): number {
  const date = new Date(at);
  if (look === 'month') return new Date(date.getFullYear(), date.getMonth() + step, 1).getTime();
  const days = step * (look === 'week' ? 7 : timelineDays);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/** Where a stretch lies within another, in percent of it. */
export function placeWithin(
  { from, to }: { readonly from: number; readonly to: number },
  whole: { readonly from: number; readonly to: number },
): { readonly start: number; readonly length: number } {
  const length = whole.to - whole.from;
  const start = Math.max(from, whole.from);
  return {
    start: ((start - whole.from) / length) * 100,
    length: (Math.max(0, Math.min(to, whole.to) - start) / length) * 100,
  };
}
