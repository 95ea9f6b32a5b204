import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../sync/canonical-json.ts';
import type { FieldValue } from '../sync/operation.ts';
import type { RecordValues } from './change.ts';
import { entityDefinition, fieldDefinition } from './entities.ts';

/**
 * A digest over what records say, for comparing two spaces whose histories differ: equal content gives an equal digest
 * whatever the ids, dots, devices and order. References count by the name of the record they point to; what is cleared
 * counts as never written; line ends count as one. A ticket's device reference counts only while it has no official
 * number, because another device gives another one.
 */
export interface DigestRecord {
  readonly entity: string;
  readonly values: RecordValues;
}

/** Name of a record by id, as `recordName` gives it; undefined when it is not here, then the id itself counts. */
export type NameOfRecord = (id: string) => string | undefined;

/** What people know a record by: number, else reference, else title. */
export function recordName({ entity, values }: DigestRecord): string {
  const titleField = entityDefinition(entity)?.titleField ?? 'name';
  for (const field of ['number', 'reference', titleField]) {
    const value = values[field];
    if (typeof value === 'string' && value !== '') return value;
  }
  return '';
}

/** Digest of one record: 64 hex digits. */
export function digestRecord(record: DigestRecord, nameOf: NameOfRecord): string {
  const definition = entityDefinition(record.entity);
  const hasNumber = isPresent(record.values['number']);
  const content = new Map<string, FieldValue>();
  for (const [stored, value] of Object.entries(record.values)) {
    const field = definition && fieldDefinition(definition, stored);
    const isElement = field?.merge === 'set';
    if (!isPresent(value) || (isElement && value === false) || (stored === 'reference' && hasNumber)) continue;
    if (field?.type !== 'reference')
      content.set(stored, typeof value === 'string' ? value.replaceAll(/\r\n?/g, '\n') : value);
    else if (!isElement) content.set(stored, typeof value === 'string' ? (nameOf(value) ?? value) : value);
    else addElement(content, stored, nameOf);
  }
  return hash(canonicalJson([record.entity, Object.fromEntries(content)]));
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
