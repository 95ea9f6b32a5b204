import { z } from 'zod';
import { fail, succeed, type Result } from '../../result.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { Change, RecordValues, Refusal } from '../change.ts';
import { fieldsInput, idInput, textInput } from '../command-input.ts';
import type { DecisionContext, DecisionRow } from '../command.ts';
import { checkReferences, editFields, referencedIds } from '../field-edit.ts';
import { findRow } from '../find-row.ts';
import { refuse } from '../refusal.ts';
import { registerCommand } from '../register-command.ts';
import { defaultQueue } from '../ticket/default-queue.ts';
import { priorityInSpace } from '../ticket/priority.ts';
import { missingFields } from '../validate-write.ts';
import { writeProblemNote } from './note-on-problem.ts';
import { checkProblemFields, workaroundStamps } from './edit-problem.ts';
import { problem } from './problem.ts';

type Fields = Readonly<Record<string, FieldValue>>;
type Rows = ReadonlyMap<string, DecisionRow>;

const defaults: Fields = { state: 'new', impact: '3', urgency: '3' };

/** INC-8: what a problem takes over from the incident it is made of; those who have the incident look for its cause. */
const copiedFields = [
  'title',
  'description',
  'impact',
  'urgency',
  'category',
  'service',
  'asset',
  'site',
  'queue',
] as const satisfies readonly (keyof typeof problem.fields)[];

/**
 * `problem.create` {fields, id?, incidents?, workNote?}. What `fields` leave out comes from the first incident. Every
 * incident is linked to the new problem, but for one that another problem has already.
 */
export const createProblem = registerCommand({
  name: 'problem.create',
  input: z.strictObject({
    id: idInput.optional(),
    fields: fieldsInput,
    incidents: z.array(idInput).max(1_000).optional(),
    workNote: textInput.optional(),
  }),
  reads: (input) => ({
    ids: [
      ...(input.id === undefined ? [] : [input.id]),
      ...(input.incidents ?? []),
      ...referencedIds(problem, input.fields),
    ],
  }),
  decide: (input, rows, context) => {
    const id = input.id ?? context.newId();
    if (rows.has(id)) return refuse('record-exists', { field: 'id', values: { id } });
    const incidents = findIncidents([...new Set(input.incidents ?? [])], rows);
    if (!incidents.ok) return incidents;
    const [origin] = incidents.value;
    const copied = origin === undefined ? {} : copyFields(origin.values);
    const checked = checkFields(input.fields, copied, rows);
    if (!checked.ok) return checked;
    const given = { ...defaults, ...copied, ...checked.value };
    const fields = { ...given, ...defaultQueue(given, rows), ...stamps(given, context), ...originOf(origin) };
    return succeed([
      { entity: 'problem', id, create: true, fields: { ...fields, ...workaroundStamps(fields, {}, context) } },
      ...writeProblemNote(id, input.workNote, context),
      ...incidents.value
        .filter(({ values }) => (values['problem'] ?? null) === null)
        .map((incident): Change => ({ entity: 'ticket', id: incident.id, fields: { problem: id } })),
    ]);
  },
});

function findIncidents(ids: readonly string[], rows: Rows): Result<readonly DecisionRow[], Refusal> {
  const found: DecisionRow[] = [];
  for (const id of ids) {
    const row = findRow(rows, id, 'ticket');
    if (!row.ok) return fail({ ...row.failure, field: 'incidents' });
    found.push(row.value);
  }
  return succeed(found);
}

function checkFields(given: Fields, copied: Fields, rows: Rows): Result<Fields, Refusal> {
  const owned = checkProblemFields(given);
  if (owned) return fail(owned);
  const edited = editFields(problem, given, {}, true);
  if (!edited.ok) return edited;
  const [missing] = missingFields(problem, { ...defaults, ...copied, ...edited.value });
  if (missing !== undefined) return refuse('required-field', { field: missing });
  const reference = checkReferences(problem, edited.value, rows);
  return reference ? fail(reference) : edited;
}

function copyFields(values: RecordValues): Fields {
  const description = values['description'];
  const limit = problem.fields.description.maxLength;
  return {
    ...Object.fromEntries(
      copiedFields.flatMap((name) => ((values[name] ?? null) === null ? [] : [[name, values[name] ?? null]])),
    ),
    ...(typeof description === 'string' ? { description: description.slice(0, limit) } : {}),
  };
}

function originOf(origin: DecisionRow | undefined): Fields {
  return origin === undefined ? {} : { origin: origin.id };
}

function stamps(fields: RecordValues, context: DecisionContext): Fields {
  return {
    reference: context.newReference(problem.referencePrefix),
    priority: priorityInSpace(context, fields['impact'], fields['urgency']),
    openedBy: context.user,
    openedAt: context.now,
  };
}
