import { z } from 'zod';
import { succeed } from '../../result.ts';
import { idInput, textInput } from '../command-input.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { moveFields } from './move-fields.ts';
import { cascadeMove } from './parent-cascade.ts';
import { writeEntry } from './ticket-entries.ts';
import { ticketEntryAudiences } from './ticket.ts';

/**
 * `ticket.comment` {id, body, audience}: `comment` is public, `work-note` is for agents. Possible in every state.
 * INC-1: a public comment by the caller of a ticket that waits for its caller resumes it.
 */
export const commentOnTicket = registerCommand({
  name: 'ticket.comment',
  input: z.strictObject({ id: idInput, body: textInput, audience: z.enum(ticketEntryAudiences) }),
  reads: (input) => ({ ids: [input.id], pointing: [{ entity: 'ticket', field: 'parent', to: input.id, deep: true }] }),
  decide: ({ id, body, audience }, rows, context) => {
    const found = findRow(rows, id, 'ticket');
    if (!found.ok) return found;
    const entries = writeEntry(id, audience, body, context);
    if (entries.length === 0) return refuse('required-field', { field: 'body' });
    const { values } = found.value;
    const answered =
      audience === 'comment' && values['caller'] === context.user && values['onHoldReason'] === 'awaiting-caller';
    const resumed = answered ? moveFields(values, 'resume', {}, context) : undefined;
    if (!resumed?.ok) return succeed(entries);
    const change = { entity: 'ticket', id, fields: resumed.value } as const;
    return succeed([change, ...entries, ...cascadeMove(found.value, 'resume', {}, rows, context)]);
  },
});
