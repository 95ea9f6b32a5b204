import { BranchBook } from '../../../shared/sync/branch-book.ts';
import type { Holds } from '../../../shared/sync/merge.ts';
import { dotOf, type Dot, type Operation } from '../../../shared/sync/operation.ts';
import type { VersionVector } from '../../../shared/sync/record-state.ts';
import { covers } from '../../../shared/sync/version-vector.ts';
import type { VoidingOf } from '../../../shared/sync/voiding.ts';
import type { RemoteMeta } from '../storage/database.ts';
import type { RefusedRow, VoidingRow } from '../storage/remote-rows.ts';

export interface Quarantined {
  readonly operation: Operation;
  readonly logKey: number;
}

/** What is known beside the bodies: operations that are counted but in no body, and the losing chains of forks. */
export interface RemoteState {
  readonly voidings: ReadonlyMap<Dot, VoidingRow>;
  readonly quarantined: ReadonlyMap<Dot, Quarantined>;
  /** Own refused operations that the person has not put away. */
  readonly refused: ReadonlyMap<Dot, RefusedRow>;
  readonly branches: BranchBook;
}

export function emptyRemote(): RemoteState {
  return { voidings: new Map(), quarantined: new Map(), refused: new Map(), branches: new BranchBook() };
}

/** How far the exchange is before the first contact. */
export const unlinked: RemoteMeta = {
  space: '',
  cursor: null,
  scope: '',
  clockOffset: null,
  leaving: [],
  isFiltered: false,
  reread: { upTo: 0, unfit: [] },
};

/** What merging must know of what came before. */
export interface Applied {
  readonly holds: Holds;
  readonly voidingOf: VoidingOf;
  /** What is known of a record that came into scope or left it. */
  readonly scopeOf?: (key: string) => EnteredScope | undefined;
}

/** A record that came into scope with a state that had applied `held`; null: it has left, nothing is kept of it. */
export interface EnteredScope {
  readonly held: VersionVector | null;
}

/** What was applied to one record: here, and in the state it came into scope with. */
export function holdsInRecord({ holds, scopeOf }: Applied, key: string): Holds | 'left' {
  const entered = scopeOf?.(key);
  if (entered === undefined) return holds;
  const { held } = entered;
  return held === null ? 'left' : (dot) => holds(dot) || covers(held, dot);
}

export function appliedBy(
  { voidings, quarantined }: Pick<RemoteState, 'voidings' | 'quarantined'>,
  vector: VersionVector,
): Applied {
  return {
    holds:
      quarantined.size === 0 ? (dot) => covers(vector, dot) : (dot) => covers(vector, dot) && !quarantined.has(dot),
    voidingOf: (dot) => voidings.get(dot)?.voiding,
  };
}

export function isApplied({ voidings, quarantined }: RemoteState, operation: Operation): boolean {
  if (voidings.size === 0 && quarantined.size === 0) return true;
  const dot = dotOf(operation);
  return !voidings.has(dot) && !quarantined.has(dot);
}
