import { hashOperation } from './operation-hash.ts';
import type { Dot, Operation } from './operation.ts';
import type { VersionVector } from './record-state.ts';
import { seqOf } from './version-vector.ts';

/**
 * What a replica may do with an operation that reaches it:
 * - next: apply it, it continues its device's chain;
 * - duplicate: held already, ignore it;
 * - gap: an earlier one is missing, wait and ask for it;
 * - fork: its dot is held with other content: the device was cloned or rolled back. Never apply it under this dot (I8);
 * - foreign-hash: it continues a chain that is not the one held: the same cause, seen one operation later.
 * Invariant: only `next` changes the version vector, by exactly one.
 */
export type Admission = 'next' | 'duplicate' | 'gap' | 'fork' | 'foreign-hash';

/** One link of a device's hash chain: all that admission looks at. */
export interface Link {
  readonly device: string;
  readonly seq: number;
  readonly previousHash: string;
  readonly hash: string;
}

/** Hash of what is held under a dot. Must answer for the last one of each device; the more it knows, the earlier a fork shows. */
export type HashOf = (dot: Dot) => string | undefined;

export function linkOf(operation: Operation): Link {
  return {
    device: operation.device,
    seq: operation.seq,
    previousHash: operation.previousHash,
    hash: hashOperation(operation),
  };
}

export function admitLink({ device, seq, previousHash, hash }: Link, held: VersionVector, hashOf: HashOf): Admission {
  const last = seqOf(held, device);
  if (seq <= last) {
    const heldHash = hashOf(`${device}:${seq}`);
    return heldHash === undefined || heldHash === hash ? 'duplicate' : 'fork';
  }
  if (seq > last + 1) return 'gap';
  const expected = last === 0 ? '' : hashOf(`${device}:${last}`);
  return expected === undefined || expected === previousHash ? 'next' : 'foreign-hash';
}
