import { z } from 'zod';
import { fail, succeed } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import { idInput } from '../command-input.ts';
import { findRow } from '../find-row.ts';
import { registerCommand } from '../register-command.ts';
import { knownError } from './known-error.ts';

const copiedFields = ['cause', 'workaround', 'service'] as const;

/**
 * `problem.publish-known-error` {id, knownError?}: a known error out of what is known of the problem, in force at once.
 * `knownError` is the id it shall have. Refused while the problem has no workaround.
 */
export const publishKnownError = registerCommand({
  name: 'problem.publish-known-error',
  input: z.strictObject({ id: idInput, knownError: idInput.optional() }),
  reads: ({ id }) => ({ ids: [id] }),
  decide: (input, rows, context) => {
    const found = findRow(rows, input.id, 'problem');
    if (!found.ok) return found;
    const { values } = found.value;
    const { asset, description, title, fixNotes } = values;
    const fields: Record<string, FieldValue> = {
      reference: context.newReference(knownError.referencePrefix),
      name: title ?? '',
      status: 'published',
      problem: input.id,
      active: true,
      ...(description ? { symptom: description } : {}),
      ...(fixNotes ? { solution: fixNotes } : {}),
      ...(typeof asset === 'string' ? { [`assets/${asset}`]: true } : {}),
      ...Object.fromEntries(copiedFields.flatMap((name) => (values[name] ? [[name, values[name]]] : []))),
    };
    const wrong = knownError.check(fields, {});
    if (wrong) return fail(wrong);
    return succeed([{ entity: 'known-error', id: input.knownError ?? context.newId(), create: true, fields }]);
  },
});
