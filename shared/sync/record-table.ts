import { applyOperationWrite, foldRecord, recordKey } from './fold.ts';
import type { Holds } from './merge.ts';
import type { Operation } from './operation.ts';
import type { RecordState, ScopeState } from './record-state.ts';
import { holdsInScope } from './scope.ts';
import { holdsOf, type Snapshot } from './snapshot.ts';
import { covers } from './version-vector.ts';
import type { VoidingOf } from './voiding.ts';

/**
 * The records of a replica: states of the snapshot below, or those sent when a record came into scope, with the
 * operations above folded in. Invariant: applying one operation after the other gives what folding them again gives.
 */
export class RecordTable {
  readonly #records = new Map<string, RecordState>();
  readonly #entered = new Map<string, ScopeState>();
  /** Records that left the scope: what still comes for them is not kept. */
  readonly #left = new Set<string>();
  #base: ReadonlyMap<string, RecordState> = new Map();
  #baseHolds: Holds = () => false;

  get records(): ReadonlyMap<string, RecordState> {
    return this.#records;
  }

  standOn(snapshot: Snapshot): void {
    this.#base = new Map(snapshot.records.map((record) => [recordKey(record), record]));
    this.#baseHolds = holdsOf(snapshot);
    this.#records.clear();
    for (const [key, record] of this.#base) this.#records.set(key, record);
  }

  /** `holds` tells what was applied before this operation. */
  apply(operation: Operation, holds: Holds, voidingOf: VoidingOf): void {
    for (const write of operation.writes) {
      const key = recordKey(write);
      if (this.#left.has(key)) continue;
      const applied = holdsInScope(this.#entered.get(key), holds);
      this.#records.set(key, applyOperationWrite(this.#records.get(key), operation, write, applied, voidingOf));
    }
  }

  /** Folds records again from the state below and the operations applied above it, since one of them came out. */
  refold(keys: Iterable<string>, appliedTo: (key: string) => Iterable<Operation>, voidingOf: VoidingOf): void {
    for (const key of new Set(keys)) {
      if (this.#left.has(key)) continue;
      const entered = this.#entered.get(key);
      const base = entered?.state ?? this.#base.get(key);
      const baseHolds: Holds = entered === undefined ? this.#baseHolds : (dot) => covers(entered.held, dot);
      const state = foldRecord(key, base, baseHolds, appliedTo(key), voidingOf);
      if (state === undefined) this.#records.delete(key);
      else this.#records.set(key, state);
    }
  }

  /** A record comes into scope with the state sent for it. Fold it again then. */
  enter(key: string, scopeState: ScopeState): void {
    this.#entered.set(key, scopeState);
    this.#left.delete(key);
  }

  leave(key: string): void {
    this.#entered.delete(key);
    this.#left.add(key);
    this.#records.delete(key);
  }
}
