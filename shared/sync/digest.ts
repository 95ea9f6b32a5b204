import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.ts';
import { recordKey } from './fold.ts';
import type { RecordState } from './record-state.ts';

/**
 * Digests: 64 hex digits of SHA-256, equal for equal states on every device and version.
 * Invariant (I1): equal sets of operations give equal digests, in whatever order and batches they came.
 */
export function digestRecords(records: Iterable<RecordState>): string {
  return sha256Hex(stateText(records));
}

/** The text behind a digest: one line a record, by key. Tests compare it to show where two states differ. */
export function stateText(records: Iterable<RecordState>): string {
  return [...records]
    .map((record) => `${recordKey(record)} ${canonicalJson(record.fields)}`)
    .sort()
    .join('\n');
}

export function sha256Hex(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}
