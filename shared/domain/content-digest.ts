import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../sync/canonical-json.ts';
import type { FieldValue } from '../sync/operation.ts';
import type { RecordValues } from './change.ts';
import { entityDefinition, fieldDefinition } from './entities.ts';
import type { EntityDefinition } from './field.ts';

/**
 * A digest over what records say, for comparing two spaces whose histories differ: equal content gives an equal digest
 * whatever the ids, dots, devices and order. References count by the name of the record they point to; what is cleared
 * counts as never written; line ends count as one. A device reference counts only where it stands in for an official number that
 * is not there yet, because another device gives another one; kinds without official numbers are known by their title.
 */
export interface DigestRecord {
  readonly entity: string;
  readonly values: RecordValues;
}

/** Name of a record by id, as `recordName` gives it; undefined when it is not here, then the id itself counts. */
export type NameOfRecord = (id: string) => string | undefined;

/** What people on every device know a record by: number, else the reference in its stead, else title. */
export function recordName({ entity, values }: DigestRecord): string {
  const definition = entityDefinition(entity);
  const titleField = definition?.titleField ?? 'name';
  for (const field of hasNumbers(definition) ? ['number', 'reference', titleField] : [titleField]) {
    const value = values[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

/** Digest of one record: 64 hex digits. */
export function digestRecord(record: DigestRecord, nameOf: NameOfRecord): string {
  const definition = entityDefinition(record.entity);
  const isNamedOtherwise = isPresent(record.values['number']) || !hasNumbers(definition);
  const content = new Map<string, FieldValue>();
  for (const [stored, value] of Object.entries(record.values)) {
    const field = definition && fieldDefinition(definition, stored);
    const isElement = field?.merge === 'set';
    if (!isPresent(value) || (isElement && value === false) || (stored === 'reference' && isNamedOtherwise)) continue;
    if (field?.type !== 'reference')
      content.set(stored, typeof value === 'string' ? value.replaceAll(/\r\n?/g, '\n') : value);
    else if (!isElement) content.set(stored, typeof value === 'string' ? (nameOf(value) ?? value) : value);
    else addElement(content, stored, nameOf);
  }
  return hash(canonicalJson([record.entity, Object.fromEntries(content)]));
}

/** Whether an authority numbers the records of a kind; of a kind not known here, that it does. */
function hasNumbers(definition: EntityDefinition | undefined): boolean {
  return definition === undefined || Object.hasOwn(definition.fields, 'number');
}

/** Digest of a set of records from the digests of each, in any order: 64 hex digits. */
export function combineDigests(digests: Iterable<string>): string {
  return hash([...digests].toSorted().join('\n'));
}

/** Two elements may have the same name: the count keeps them apart. */
function addElement(content: Map<string, FieldValue>, stored: string, nameOf: NameOfRecord): void {
  const slash = stored.indexOf('/') + 1;
  const id = stored.slice(slash);
  const named = `${stored.slice(0, slash)}${nameOf(id) ?? id}`;
  content.set(named, Number(content.get(named) ?? 0) + 1);
}

function isPresent(value: FieldValue | undefined): value is FieldValue {
  return value !== undefined && value !== null && value !== '';
}

function hash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
