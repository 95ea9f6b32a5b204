import type { TimelineEntry } from '../../../data/data-api.ts';
import type { Translate } from '../../../services/text.ts';
import type { CommonKey } from '../../../services/common-messages.ts';
import en from '../messages/en.json';
import type { TicketKey } from '../ticket-text.ts';

type Text = Translate<TicketKey | CommonKey>;

/** Fields that only repeat what another change of the entry says. */
const silent: ReadonlySet<string> = new Set([
  'resolvedBy',
  'resolvedAt',
  'closedAt',
  'lastReopenedBy',
  'lastReopenedAt',
  'reopenCount',
  'reference',
  'openedBy',
  'openedAt',
]);

export function shownChanges(changes: TimelineEntry['changes']): TimelineEntry['changes'] {
  return changes.filter(({ field, before, after }) => !silent.has(field) && !field.startsWith('$') && before !== after);
}

/** What the person did, e.g. "resolved the ticket"; a command of a newer version is "changed the ticket". */
export function entryTitle(text: Text, entry: TimelineEntry): string {
  const key = `did.${entry.command}`;
  return isTicketKey(key) ? text(key) : text('did.ticket.edit');
}

function isTicketKey(key: string): key is TicketKey {
  return Object.hasOwn(en, key);
}
