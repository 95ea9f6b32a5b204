import type { FieldValue } from '../sync/operation.ts';
import type { Refusal } from './change.ts';
import { entityDefinition, fieldDefinition } from './entities.ts';
import type { EntityDefinition, FieldDefinition } from './field.ts';
import { refuse, type ExpectedValue } from './refusal.ts';

/** Longest id of a record, in characters. */
export const idMaxLength = 64;
/** Greatest instant a Date can hold, in ms from 1970. */
const instantMax = 8_640_000_000_000_000;

/** What admission must know of one write (D14): unknown things are kept, invalid ones are refused. */
export interface WriteVerdict {
  /** False for a kind that a newer version wrote: nothing can be said about its fields. */
  readonly knownKind: boolean;
  /** Fields a newer version wrote: kept, counted and forwarded, never refused. */
  readonly unknownFields: readonly string[];
  readonly problems: readonly Refusal[];
}

/** Checks the fields of one write as they travel: set fields by element (`tags/vip: true`). Never throws. */
export function validateWrite(entity: string, fields: Readonly<Record<string, FieldValue>>): WriteVerdict {
  const definition = entityDefinition(entity);
  if (!definition) return { knownKind: false, unknownFields: Object.keys(fields), problems: [] };
  const unknownFields: string[] = [];
  const problems: Refusal[] = [];
  for (const [field, value] of Object.entries(fields)) {
    const known = fieldDefinition(definition, field);
    if (!known) {
      unknownFields.push(field);
      continue;
    }
    const problem = checkStored(known, field, value);
    if (problem) problems.push(problem);
  }
  return { knownKind: true, unknownFields, problems };
}

/** Required fields that a new record does not bring. */
export function missingFields(
  definition: EntityDefinition,
  fields: Readonly<Record<string, FieldValue>>,
): readonly string[] {
  return Object.entries(definition.fields)
    .filter(([name, field]) => field.required && isEmpty(fields[name]))
    .map(([name]) => name);
}

function checkStored(definition: FieldDefinition, field: string, value: FieldValue): Refusal | null {
  const slash = field.indexOf('/');
  const inSet = definition.merge === 'set';
  if (!inSet) return slash < 0 ? checkValue(definition, field, value) : badType(field, 'element', field);
  if (slash < 0) return badType(field, 'element', value);
  if (value !== null && typeof value !== 'boolean') return badType(field, 'flag', value);
  const element = field.slice(slash + 1);
  return element === '' ? badType(field, 'element', '') : checkValue(definition, field, element);
}

/**
 * Checks one value against its field; null when it fits. The refusal says where, what was expected and what came, with
 * lengths in characters (UTF-16 units). A cleared field (null) fits unless the field is required.
 */
export function checkValue(definition: FieldDefinition, field: string, value: FieldValue): Refusal | null {
  if (isEmpty(value) && definition.required) return refuse('required-field', { field }).failure;
  if (value === null) return null;
  switch (definition.type) {
    case 'text':
      if (typeof value !== 'string') return badType(field, 'text', value);
      return value.length <= definition.maxLength
        ? null
        : refuse('text-too-long', { field, values: { max: definition.maxLength, actual: value.length } }).failure;
    case 'choice':
      return definition.choices.some((choice) => choice === value)
        ? null
        : refuse('bad-choice', { field, values: { expected: definition.choices.join(', '), got: shorten(value) } })
            .failure;
    case 'reference':
      return typeof value === 'string' && value !== '' && value.length <= idMaxLength
        ? null
        : badType(field, 'id', value);
    case 'instant':
      return Number.isSafeInteger(value) && Math.abs(Number(value)) <= instantMax
        ? null
        : badType(field, 'instant', value);
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 0 ? null : badType(field, 'count', value);
    case 'flag':
      return typeof value === 'boolean' ? null : badType(field, 'flag', value);
  }
}

function badType(field: string, expected: ExpectedValue, got: FieldValue): Refusal {
  return refuse('bad-type', { field, values: { expected, got: shorten(got) } }).failure;
}

/** The value as JSON, cut for a message. */
export function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined';
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}

function isEmpty(value: FieldValue | undefined): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
