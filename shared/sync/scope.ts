import type { Holds } from './merge.ts';
import type { Operation } from './operation.ts';
import { waitsFor } from './quarantine.ts';
import type { RecordState, ScopeState, VersionVector } from './record-state.ts';
import { covers, seqOf } from './version-vector.ts';

/**
 * Filtered replicas: sent only the operations on records in scope, or excerpts of them, they count all the others as
 * held. A record that comes into scope is sent as a state; what follows is merged into it.
 * Invariant (I12): of each record in scope a filtered replica has exactly what a whole one has.
 */

/**
 * What a replica sends for a record that comes into another's scope. Undefined while an operation on the record waits
 * here for an upgrade: it was skipped there and would not be sent again.
 */
export function scopeStateOf(
  key: string,
  state: RecordState | undefined,
  waiting: Iterable<Operation>,
  held: VersionVector,
): ScopeState | undefined {
  return waitsFor(waiting, key) ? undefined : { state, held };
}

/**
 * Whether a record may come into scope by a state that has applied `sent`: not while the sender lacks what was skipped
 * here, which would not be sent again. `own` is this device: its operations were never skipped.
 */
export function mayEnterScope(held: VersionVector, sent: VersionVector, own: string): boolean {
  return Object.entries(held).every(([device, seq]) => device === own || seqOf(sent, device) >= seq);
}

/** What is applied to a record that came into scope: what was applied here, and what the state sent had applied. */
export function holdsInScope(entered: ScopeState | undefined, holds: Holds): Holds {
  return entered === undefined ? holds : (dot) => holds(dot) || covers(entered.held, dot);
}
