import { hashOperation } from './operation-hash.ts';
import type { Dot, Operation } from './operation.ts';
import type { VersionVector } from './record-state.ts';
import { seqOf } from './version-vector.ts';

/**
 * What a replica may do with an operation that reaches it:
 * - next: apply it, it continues its device's chain;
 * - duplicate: held already, ignore it;
 * - gap: an earlier one is missing, wait and ask for it;
 * - fork: its dot is held with other content: the device was cloned or rolled back. Keep it aside, never apply it (I8);
 * - foreign-hash: it continues a chain that is not the one held: the same cause, seen one operation later.
 * Invariant: only `next` changes the version vector, by exactly one.
 */
export type Admission = 'next' | 'duplicate' | 'gap' | 'fork' | 'foreign-hash';

/**
 * `hashOf` gives the hash of an operation held here. It must answer for the last one of each device; where it answers
 * for earlier ones too, a fork shows earlier.
 */
export function admit(operation: Operation, held: VersionVector, hashOf: (dot: Dot) => string | undefined): Admission {
  const { device, seq } = operation;
  const last = seqOf(held, device);
  if (seq <= last) {
    const heldHash = hashOf(`${device}:${seq}`);
    return heldHash === undefined || heldHash === hashOperation(operation) ? 'duplicate' : 'fork';
  }
  if (seq > last + 1) return 'gap';
  const expected = last === 0 ? '' : hashOf(`${device}:${last}`);
  return expected === undefined || expected === operation.previousHash ? 'next' : 'foreign-hash';
}
