import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.ts';
import type { Operation } from './operation.ts';

/** Operations never change once made, so that their hash is computed once for each object. */
const known = new WeakMap<Operation, string>();

/**
 * First 16 hex digits of the SHA-256 over the canonical JSON of an operation. The next operation of the device names
 * it as `previousHash`: a chain in which a fork shows (I8).
 */
export function hashOperation(operation: Operation): string {
  let hash = known.get(operation);
  if (hash === undefined) {
    hash = bytesToHex(sha256(utf8ToBytes(canonicalJson(operation)))).slice(0, 16);
    known.set(operation, hash);
  }
  return hash;
}
