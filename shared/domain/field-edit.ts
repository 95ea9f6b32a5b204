import { fail, succeed, type Result } from '../result.ts';
import type { FieldValue } from '../sync/operation.ts';
import type { RecordValues, Refusal } from './change.ts';
import type { DecisionRow } from './command.ts';
import type { EntityDefinition, FieldDefinition } from './field.ts';
import { refuse } from './refusal.ts';
import { elementsOf } from './set-elements.ts';
import { checkValue } from './validate-write.ts';

/** Fields as a person gives them. A set field takes the whole list (`tags: ['vip']`); null and '' clear a field. */
export type FieldInput = Readonly<Record<string, FieldValue>>;
type Fields = Readonly<Record<string, FieldValue>>;

/**
 * Turns what a person gave into writes: known, editable, of the right type, and different from `current`. Refuses the
 * whole edit at the first field that does not fit. `creating` allows `fixed` fields.
 */
export function editFields(
  definition: EntityDefinition,
  input: FieldInput,
  current: RecordValues,
  creating: boolean,
): Result<Fields, Refusal> {
  const written: Record<string, FieldValue> = {};
  for (const [name, given] of Object.entries(input)) {
    const field = Object.hasOwn(definition.fields, name) ? definition.fields[name] : undefined;
    if (!field) return refuse('unknown-field', { field: name, values: { entity: definition.kind } });
    if (field.stamped) return refuse('stamped-field', { field: name });
    if (field.merge === 'fixed' && !creating) return refuse('fixed-field', { field: name });
    const edited = field.merge === 'set' ? editSet(field, name, given, current) : editValue(field, name, given);
    if (!edited.ok) return edited;
    Object.assign(written, edited.value);
  }
  return succeed(differing(written, current));
}

/** Only the fields whose value is not already shown. An absent field is null, an absent element of a set is false. */
export function differing(fields: Fields, current: RecordValues): Fields {
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== (current[name] ?? (name.includes('/') ? false : null))),
  );
}

function editValue(field: FieldDefinition, name: string, given: FieldValue): Result<Fields, Refusal> {
  const value = typeof given === 'string' ? cleanText(field, given) : given;
  const problem = checkValue(field, name, value);
  return problem ? fail(problem) : succeed({ [name]: value });
}

function editSet(
  field: FieldDefinition,
  name: string,
  given: FieldValue,
  current: RecordValues,
): Result<Fields, Refusal> {
  if (!isList(given)) return refuse('bad-type', { field: name, values: { expected: 'list', got: typeof given } });
  const written: Record<string, FieldValue> = Object.fromEntries(
    elementsOf(current, name).map((each) => [`${name}/${each}`, false]),
  );
  for (const each of given) {
    const element = typeof each === 'string' ? cleanText(field, each) : each;
    if (element === null) continue;
    const problem = checkValue(field, name, element);
    if (problem) return fail(problem);
    written[`${name}/${String(element)}`] = true;
  }
  return succeed(written);
}

function isList(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value);
}

/**
 * Text as it is stored: no lone surrogates and no NUL, which not every store and no UTF-8 can hold; one line unless the
 * field has several; no blank ends. Empty text is null.
 */
export function cleanText(field: FieldDefinition, given: string): string | null {
  const sound = given.replaceAll(/[\p{Surrogate}\0]/gu, '\u{FFFD}');
  const oneLine =
    field.type === 'text' && field.multiline
      ? sound.replaceAll(/\r\n?/g, '\n')
      : sound.replaceAll(/[\r\n\t\u2028\u2029]+/g, ' ');
  const text = oneLine.trim();
  return text === '' ? null : text;
}

/** Ids of the records that reference fields of `input` name: what a decision must read to check them. */
export function referencedIds(definition: EntityDefinition, input: FieldInput): readonly string[] {
  return Object.entries(input).flatMap(([name, value]) => {
    if (!Object.hasOwn(definition.fields, name) || definition.fields[name]?.type !== 'reference') return [];
    return (isList(value) ? value : [value]).filter((each) => typeof each === 'string' && each !== '').map(String);
  });
}

/** Every record that `written` newly points to is here, of the right kind and in use. Null when all is well. */
export function checkReferences(
  definition: EntityDefinition,
  written: Fields,
  rows: ReadonlyMap<string, DecisionRow>,
): Refusal | null {
  for (const [stored, value] of Object.entries(written)) {
    const slash = stored.indexOf('/');
    const name = slash < 0 ? stored : stored.slice(0, slash);
    const field = definition.fields[name];
    const id = slash < 0 ? value : value === true ? stored.slice(slash + 1) : null;
    if (field?.type !== 'reference' || typeof id !== 'string') continue;
    const problem = checkReference(field.to, name, rows.get(id), id);
    if (problem) return problem;
  }
  return null;
}

function checkReference(to: string, field: string, row: DecisionRow | undefined, id: string): Refusal | null {
  if (!row) return refuse('record-missing', { field, values: { id } }).failure;
  if (row.entity !== to) return refuse('wrong-kind', { field, values: { expected: to, got: row.entity } }).failure;
  const title = String(row.values['name'] ?? '');
  if (row.values['active'] === false) return refuse('record-inactive', { field, values: { title } }).failure;
  const agentNeeded = field === 'assignee';
  return agentNeeded && row.values['agent'] === false
    ? refuse('not-an-agent', { field, values: { title } }).failure
    : null;
}
