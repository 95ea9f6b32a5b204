import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { Change, RecordValues, Refusal } from '../change.ts';
import { fieldsInput, idInput } from '../command-input.ts';
import type { DecisionRow } from '../command.ts';
import { checkReferences, editFields, referencedIds } from '../field-edit.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { missingFields } from '../validate-write.ts';
import { checkPlannedWindow } from './change-guards.ts';
import { changeRequest } from './change-request.ts';
import { templateFields } from './change-template.ts';

type Fields = Readonly<Record<string, FieldValue>>;
type Rows = ReadonlyMap<string, DecisionRow>;

const defaults: Fields = { type: 'normal', state: 'new' };
/** INC-8: what a change takes over from the incident it is made of. */
const copiedFields = ['title', 'description', 'priority', 'impact', 'service', 'asset'] as const;

/**
 * `change.create` {fields, id?, template?, ticket?}. A `template` makes it a standard change with the plan of the
 * template; from a `ticket` it takes what that is about, and the ticket names the change.
 */
export const createChange = registerCommand({
  name: 'change.create',
  input: z.strictObject({
    id: idInput.optional(),
    fields: fieldsInput,
    template: idInput.optional(),
    ticket: idInput.optional(),
  }),
  reads: (input) => ({
    ids: [
      ...[input.id, input.template, input.ticket].filter((id) => id !== undefined),
      ...referencedIds(changeRequest, input.fields),
    ],
  }),
  decide: (input, rows, context) => {
    const id = input.id ?? context.newId();
    if (rows.has(id)) return refuse('record-exists', { field: 'id', values: { id } });
    const copied = copyFrom(input, rows);
    if (!copied.ok) return copied;
    if (Object.hasOwn(input.fields, 'state')) return refuse('field-of-a-move', { field: 'state', values: { use: '' } });
    const edited = editFields(changeRequest, input.fields, {}, true);
    if (!edited.ok) return edited;
    const fields = {
      ...defaults,
      ...copied.value,
      ...edited.value,
      ...(input.template === undefined ? {} : { type: 'standard', template: input.template }),
    };
    const [missing] = missingFields(changeRequest, fields);
    if (missing !== undefined) return refuse('required-field', { field: missing });
    if (fields.type === 'standard' && input.template === undefined)
      return refuse('template-required', { field: 'template' });
    const problem = checkReferences(changeRequest, edited.value, rows) ?? checkPlannedWindow(fields, false);
    if (problem) return fail(problem);
    const stamps = {
      reference: context.newReference(changeRequest.referencePrefix),
      openedBy: context.user,
      openedAt: context.now,
      round: 0,
      requestedBy: 'requestedBy' in fields ? fields['requestedBy'] : context.user,
    };
    const created: Change = { entity: 'change', id, create: true, fields: { ...fields, ...stamps } as Fields };
    return succeed(
      input.ticket === undefined
        ? [created]
        : [created, { entity: 'ticket', id: input.ticket, fields: { change: id } }],
    );
  },
});

interface Origins {
  readonly template?: string | undefined;
  readonly ticket?: string | undefined;
}

function copyFrom({ template, ticket }: Origins, rows: Rows): Result<Fields, Refusal> {
  const fields: Record<string, FieldValue> = {};
  const take = (values: RecordValues, names: readonly string[]): void => {
    for (const name of names) if ((values[name] ?? null) !== null) fields[name] = values[name] ?? null;
  };
  if (ticket !== undefined) {
    const found = findRow(rows, ticket, 'ticket');
    if (!found.ok) return fail({ ...found.failure, field: 'ticket' });
    take(found.value.values, copiedFields);
  }
  if (template !== undefined) {
    const found = findRow(rows, template, 'change-template');
    if (!found.ok) return fail({ ...found.failure, field: 'template' });
    const { values } = found.value;
    if (values['active'] === false)
      return refuse('record-inactive', { field: 'template', values: { title: String(values['name']) } });
    take({ title: values['name'] ?? null, ...values }, ['title', ...templateFields]);
  }
  return succeed(fields);
}
