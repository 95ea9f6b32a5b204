import { z } from 'zod';
import { succeed } from '../../result.ts';
import type { Change } from '../change.ts';
import { idInput, textInput } from '../command-input.ts';
import type { DecisionContext } from '../command.ts';
import { cleanText } from '../field-edit.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { problemEntry } from './problem.ts';

/** `problem.note` {id, body}: a work note, possible in every state. */
export const noteOnProblem = registerCommand({
  name: 'problem.note',
  input: z.strictObject({ id: idInput, body: textInput }),
  reads: (input) => ({ ids: [input.id] }),
  decide: ({ id, body }, rows, context) => {
    const found = findRow(rows, id, 'problem');
    if (!found.ok) return found;
    const entries = writeProblemNote(id, body, context);
    return entries.length === 0 ? refuse('required-field', { field: 'body' }) : succeed(entries);
  },
});

/** The new log entry, or none when there is no text. */
export function writeProblemNote(
  problem: string,
  body: string | undefined,
  context: Pick<DecisionContext, 'newId' | 'now' | 'user'>,
): readonly Change[] {
  const text = body === undefined ? null : cleanText(problemEntry.fields.body, body);
  if (text === null) return [];
  const fields = { problem, audience: 'work-note', body: text, author: context.user, writtenAt: context.now };
  return [{ entity: 'problem-entry', id: context.newId(), create: true, fields }];
}
