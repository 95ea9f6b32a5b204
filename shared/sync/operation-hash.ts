import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from './canonical-json.ts';
import { hashDigits, type Operation } from './operation.ts';
import { inCanonicalOrder } from './operation-order.ts';

/** Operations never change once made, so that their hash is computed once for each object. */
const known = new WeakMap<Operation, string>();

/**
 * First 128 bits, in hex, of the SHA-256 over the canonical JSON of an operation. The next operation of the device names
 * it as `previousHash`: a chain in which a fork shows (I8). Signatures stand on it: finding another content for a signed
 * hash takes 2^128 tries, making two contents with one hash 2^64.
 */
export function hashOperation(operation: Operation): string {
  let hash = known.get(operation);
  if (hash === undefined) {
    hash = hashText(canonicalJson(operation));
    known.set(operation, hash);
  }
  return hash;
}

export interface SealedOperation {
  /** Equal to what was sealed, its keys in canonical order. */
  readonly operation: Operation;
  /** Its canonical JSON: for log, journal and wire. */
  readonly text: string;
  readonly hash: string;
}

/** What a device does with an operation it makes: one text, made once, that is stored as it was hashed. */
export function sealOperation(made: Operation): SealedOperation {
  const ordered = inCanonicalOrder(made);
  const operation = ordered ?? made;
  const text = ordered ? JSON.stringify(ordered) : canonicalJson(made);
  const hash = hashText(text);
  known.set(operation, hash);
  return { operation, text, hash };
}

function hashText(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, hashDigits);
}
