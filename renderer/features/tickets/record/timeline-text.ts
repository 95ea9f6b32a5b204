import type { TimelineEntry } from '../../../data/data-api.ts';
import { isCommonKey, type Translate } from '../../../services/text.ts';
import type { CommonKey } from '../../../services/common-messages.ts';
import en from '../messages/en.json';
import type { TicketKey } from '../ticket-text.ts';

type Text = Translate<TicketKey | CommonKey>;

/** What the person did, e.g. "resolved the ticket"; a command of a newer version is "changed the ticket". */
export function entryTitle(text: Text, entry: TimelineEntry): string {
  const key = `did.${entry.command}`;
  if (isCommonKey(key)) return text(key);
  return isTicketKey(key) ? text(key) : text('did.ticket.edit');
}

function isTicketKey(key: string): key is TicketKey {
  return Object.hasOwn(en, key);
}
