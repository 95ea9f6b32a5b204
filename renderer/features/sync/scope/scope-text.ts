import { isWholeScope, type ScopeWish } from '../../../../shared/sync/protocol-scope.ts';
import type { SyncText } from '../sync-text.ts';

/** Days within which finished tickets can be chosen to come; `all` and `none` stand for no limit and for none. */
export const closedChoices = ['all', '365', '90', '30', 'none'] as const;
export type ClosedChoice = (typeof closedChoices)[number];

export function closedChoiceOf(days: number | null): ClosedChoice {
  if (days === null) return 'all';
  return closedChoices.find((choice) => choice === String(days)) ?? (days === 0 ? 'none' : '90');
}

export function daysOf(choice: ClosedChoice): number | null {
  if (choice === 'all') return null;
  return choice === 'none' ? 0 : Number(choice);
}

/** What is chosen, in a sentence or two. */
export function scopeText(text: SyncText, wish: ScopeWish): string {
  if (isWholeScope(wish)) return text('scope.told-all');
  const { whose, closedDays, also } = wish;
  const tickets =
    whose === 'all'
      ? text('scope.told-everybody')
      : text('scope.told-own', { queues: String(whose.includes('queues')), sites: String(whose.includes('sites')) });
  const finished =
    closedDays === null ? text('scope.told-closed-all') : text('scope.told-closed', { days: closedDays });
  const besides = also.length === 0 ? '' : text('scope.told-also', { count: also.length });
  return [tickets, finished, besides].filter((part) => part !== '').join(' ');
}
