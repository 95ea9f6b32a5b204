import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../../sync/canonical-json.ts';
import type { FieldValue } from '../../sync/operation.ts';
import type { RecordValues } from '../change.ts';

/** Digest (32 hex digits) of the fields an approval is about; a set counts by its elements, what is cleared as never written. */
export function digestPlan(values: RecordValues, fields: readonly string[]): string {
  const content: Record<string, FieldValue> = {};
  for (const [stored, value] of Object.entries(values)) {
    const [name = stored] = stored.split('/', 1);
    if (fields.includes(name) && value !== null && value !== false && value !== '') content[stored] = value;
  }
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(content)))).slice(0, 32);
}
