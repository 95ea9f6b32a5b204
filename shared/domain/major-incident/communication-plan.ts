import type { RecordValues } from '../change.ts';

export type UpdateStanding = 'planned' | 'due' | 'overdue';

const minuteMs = 60_000;
/** So long before it is due a reminder shows. */
const remindMs = 5 * minuteMs;

/**
 * When the next update is due (ms): so many minutes after the last one, or after the acceptance. Null while nobody waits
 * for one: not accepted yet, ended, under review, or no plan. Derived from the clock, never stored.
 */
export function nextUpdateAt(values: RecordValues, lastUpdateAt: number | null): number | null {
  const { state, phase, updateMinutes, decidedAt } = values;
  if (state !== 'accepted' || phase === 'review') return null;
  if (typeof updateMinutes !== 'number' || updateMinutes <= 0) return null;
  const since = Math.max(lastUpdateAt ?? 0, typeof decidedAt === 'number' ? decidedAt : 0);
  return since === 0 ? null : since + updateMinutes * minuteMs;
}

export function standingOf(next: number, now: number): UpdateStanding {
  if (now > next) return 'overdue';
  return next - now <= remindMs ? 'due' : 'planned';
}
