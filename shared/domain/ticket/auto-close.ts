import { z } from 'zod';
import type { RecordValues } from '../change.ts';
import { stateOf } from './ticket-values.ts';

/** Days after which a resolved ticket closes by itself; 0 switches it off. */
export const autoCloseDaysSetting = 'ticket.auto-close-days';
export const autoCloseDaysSchema = z.int().min(0).max(365);

const dayMs = 86_400_000;

/**
 * INC-2: when a resolved ticket closes by itself, in ms, or null for never. Counted from the resolution, so that later
 * edits do not postpone it. INC-3: a major incident never closes by itself.
 */
export function autoCloseAt(values: RecordValues, days: unknown): number | null {
  const parsed = autoCloseDaysSchema.safeParse(days);
  const resolvedAt = values['resolvedAt'];
  if (!parsed.success || parsed.data === 0 || typeof resolvedAt !== 'number') return null;
  return stateOf(values) !== 'resolved' || values['major'] === true ? null : resolvedAt + parsed.data * dayMs;
}
