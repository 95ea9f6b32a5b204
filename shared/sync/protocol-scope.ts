import { z } from 'zod';
import type { RecordValues } from '../domain/change.ts';
import type { Actor } from '../domain/permissions.ts';

/**
 * What a desk asks to be sent of all it may see (sync-design 3.5). Only tickets are chosen, with their logs: everything
 * they point to comes whole. It narrows the rights and never widens them.
 */

/** Whose tickets besides one's own (caller, opened by, assigned, watched), which always come. */
export const scopeGroups = ['queues', 'sites'] as const;
export type ScopeGroup = (typeof scopeGroups)[number];

/** Tickets fetched one by one that a desk may keep besides. */
export const mostKeptBesides = 200;

export const scopeWishSchema = z.strictObject({
  /** `all`, or one's own with those of one's queues, of one's sites. */
  whose: z.union([z.literal('all'), z.array(z.enum(scopeGroups)).max(scopeGroups.length)]),
  /** Tickets closed or canceled within so many days besides the open ones; null for all of them. */
  closedDays: z.int().min(0).max(3_650).nullable(),
  /** Ids of tickets that come whatever is chosen, as far as they may be seen. */
  also: z.array(z.string().min(1).max(64)).max(mostKeptBesides),
});
export type ScopeWish = Readonly<z.infer<typeof scopeWishSchema>>;

export const wholeScope: ScopeWish = { whose: 'all', closedDays: null, also: [] };

export function isWholeScope({ whose, closedDays }: ScopeWish): boolean {
  return whose === 'all' && closedDays === null;
}

/** A wish as it is answered: who asks is known, and days have become an instant. */
export interface ChosenScope {
  readonly whose: 'all' | readonly ScopeGroup[];
  /** Ids of the sites the person belongs to. */
  readonly sites: readonly string[];
  /** Wall time (ms) since when a ticket may be finished; null for any. */
  readonly closedSince: number | null;
  readonly also: ReadonlySet<string>;
}

const dayMs = 86_400_000;
const periodMs = 28 * dayMs;

/**
 * When a ticket must have been finished since, for a number of days. Stands still for four weeks: each time it moves,
 * all desks look through what they have.
 */
export function finishedSince(days: number, now: number): number {
  return Math.floor((now - days * dayMs) / periodMs) * periodMs;
}

/** Whether a ticket is among those chosen. */
export function isChosenTicket(
  { person, queues }: Pick<Actor, 'person' | 'queues'>,
  { whose, sites, closedSince, also }: ChosenScope,
  id: string,
  values: RecordValues,
): boolean {
  if (also.has(id)) return true;
  if (closedSince !== null && (finishedAt(values) ?? Number.POSITIVE_INFINITY) < closedSince) return false;
  if (whose === 'all') return true;
  const own = [values['caller'], values['openedBy'], values['assignee']].includes(person);
  if (own || values[`watchers/${person}`] === true) return true;
  const isIn = (field: string, ids: readonly string[]): boolean => {
    const value = values[field];
    return typeof value === 'string' && ids.includes(value);
  };
  return (whose.includes('queues') && isIn('queue', queues)) || (whose.includes('sites') && isIn('site', sites));
}

/** When a ticket was finished (ms), as far as it says; undefined for one that is open. One that does not say is old. */
function finishedAt(values: RecordValues): number | undefined {
  if (values['state'] !== 'closed' && values['state'] !== 'canceled') return undefined;
  for (const field of ['closedAt', 'resolvedAt', 'openedAt']) {
    const value = values[field];
    if (typeof value === 'number') return value;
  }
  return Number.NEGATIVE_INFINITY;
}

/** Fields of a ticket that decide whether it is among those chosen, besides those that decide who may see it. */
export const choosingFields: ReadonlySet<string> = new Set(['state', 'site', 'closedAt', 'resolvedAt', 'openedAt']);
