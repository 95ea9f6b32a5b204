import type { Change } from '../change.ts';
import type { DecisionContext } from '../command.ts';
import { cleanText } from '../field-edit.ts';
import { ticketEntry, type ticketEntryAudiences } from './ticket.ts';

export type EntryAudience = (typeof ticketEntryAudiences)[number];

/** The new log entry, or none when there is no text. The length is checked by the command's input. */
export function writeEntry(
  ticketId: string,
  audience: EntryAudience,
  body: string | undefined,
  context: Pick<DecisionContext, 'newId' | 'now' | 'user'>,
): readonly Change[] {
  const text = body === undefined ? null : cleanText(ticketEntry.fields.body, body);
  if (text === null) return [];
  const fields = { ticket: ticketId, audience, body: text, author: context.user, writtenAt: context.now };
  return [{ entity: 'ticket-entry', id: context.newId(), create: true, fields }];
}
