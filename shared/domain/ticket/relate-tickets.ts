import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { Change, Refusal } from '../change.ts';
import { idInput } from '../command-input.ts';
import type { DecisionRow } from '../command.ts';
import { checkReferences, cleanText, differing } from '../field-edit.ts';
import { elementsOf } from '../set-elements.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand, type RegisteredCommand } from '../register-command.ts';
import { checkValue } from '../validate-write.ts';
import { ticket } from './ticket.ts';

type Rows = ReadonlyMap<string, DecisionRow>;

/** `ticket.link` / `ticket.unlink` {id, other}: a link shows on both tickets. */
export const linkTickets = linkCommand('ticket.link', true);
export const unlinkTickets = linkCommand('ticket.unlink', false);

/** `ticket.tag` / `ticket.untag` {id, tag}: a tag keeps its first spelling; letter case does not make another tag. */
export const tagTicket = tagCommand('ticket.tag', true);
export const untagTicket = tagCommand('ticket.untag', false);

/** `ticket.watch` / `ticket.unwatch` {id, person?}: the acting person when none is named. */
export const watchTicket = watchCommand('ticket.watch', true);
export const unwatchTicket = watchCommand('ticket.unwatch', false);

export interface LinkInput {
  readonly id: string;
  readonly other: string;
}

function linkCommand(name: string, linked: boolean): RegisteredCommand<LinkInput> {
  return registerCommand<LinkInput>({
    name,
    input: z.strictObject({ id: idInput, other: idInput }),
    reads: ({ id, other }) => ({ ids: [id, other] }),
    decide: ({ id, other }, rows) => {
      if (id === other) return refuse('link-to-itself', { field: 'other' });
      const here = setElement(rows, id, `links/${other}`, linked);
      if (!here.ok) return here;
      const there = setElement(rows, other, `links/${id}`, linked);
      if (there.ok) return succeed([...here.value, ...there.value]);
      return linked ? fail({ ...there.failure, field: 'other' }) : here;
    },
  });
}

export interface TagInput {
  readonly id: string;
  readonly tag: string;
}

function tagCommand(name: string, tagged: boolean): RegisteredCommand<TagInput> {
  return registerCommand<TagInput>({
    name,
    input: z.strictObject({ id: idInput, tag: z.string() }),
    reads: ({ id }) => ({ ids: [id] }),
    decide: ({ id, tag }, rows) => {
      const text = cleanText(ticket.fields.tags, tag)?.replaceAll(/\s+/g, ' ') ?? null;
      if (text === null) return refuse('required-field', { field: 'tag' });
      const problem = checkValue(ticket.fields.tags, 'tag', text);
      if (problem) return fail(problem);
      const known = elementsOf(rows.get(id)?.values ?? {}, 'tags').find(
        (each) => each.toLowerCase() === text.toLowerCase(),
      );
      return setElement(rows, id, `tags/${known ?? text}`, tagged);
    },
  });
}

export interface WatchInput {
  readonly id: string;
  readonly person?: string | undefined;
}

function watchCommand(name: string, watching: boolean): RegisteredCommand<WatchInput> {
  return registerCommand<WatchInput>({
    name,
    input: z.strictObject({ id: idInput, person: idInput.optional() }),
    reads: ({ id, person }) => ({ ids: person === undefined ? [id] : [id, person] }),
    decide: ({ id, person }, rows, context) => {
      const field = `watchers/${person ?? context.user}`;
      const problem = watching && person !== undefined ? checkReferences(ticket, { [field]: true }, rows) : null;
      return problem ? fail(problem) : setElement(rows, id, field, watching);
    },
  });
}

/** A link shows on both tickets: what the other ones get for the `links/…` fields written to `id`. */
export function mirrorLinks(id: string, written: Readonly<Record<string, FieldValue>>): readonly Change[] {
  return Object.entries(written).flatMap(([field, value]) =>
    field.startsWith('links/')
      ? [{ entity: 'ticket', id: field.slice('links/'.length), fields: { [`links/${id}`]: value } }]
      : [],
  );
}

/** Sets one element of a set field; no change when it is so already. */
function setElement(rows: Rows, id: string, field: string, present: boolean): Result<readonly Change[], Refusal> {
  const found = findRow(rows, id, 'ticket');
  if (!found.ok) return found;
  const fields = differing({ [field]: present }, found.value.values);
  return succeed(Object.keys(fields).length === 0 ? [] : [{ entity: 'ticket', id, fields }]);
}
