import { linkOf, type Link } from './admission.ts';
import { dotOf, type Dot, type Operation } from './operation.ts';
import type { Voiding } from './voiding.ts';

/**
 * What fills one place in a device's sequence: the operation, the mark that it was refused, or, on a replica that is
 * sent only part of the records, as much of it as it may see. Invariant: all three carry the same place in the hash
 * chain, so a sequence is contiguous and forks show whichever is held.
 */
export type Entry =
  | { readonly type: 'operation'; readonly operation: Operation }
  | { readonly type: 'voiding'; readonly voiding: Voiding }
  /** `operation.writes` holds only what is in scope, maybe nothing; `hash` is the whole operation's. */
  | { readonly type: 'excerpt'; readonly operation: Operation; readonly hash: string };

export function linkOfEntry(entry: Entry): Link {
  if (entry.type === 'operation') return linkOf(entry.operation);
  if (entry.type === 'voiding') return entry.voiding;
  const { device, seq, previousHash } = entry.operation;
  return { device, seq, previousHash, hash: entry.hash };
}

export function dotOfEntry(entry: Entry): Dot {
  return dotOf(entry.type === 'voiding' ? entry.voiding : entry.operation);
}

/** The part of an operation a filtered replica is sent; the operation itself when all of it is in scope. */
export function excerptOf(
  operation: Operation,
  inScope: (record: { readonly entity: string; readonly id: string }) => boolean,
): Entry {
  const writes = operation.writes.filter(inScope);
  if (writes.length === operation.writes.length) return { type: 'operation', operation };
  return { type: 'excerpt', operation: { ...operation, writes }, hash: linkOf(operation).hash };
}
