import type { ChainAttestation } from '../../../shared/sync/chain-proof.ts';
import type { Dot } from '../../../shared/sync/operation.ts';
import type { VersionVector } from '../../../shared/sync/record-state.ts';
import type { Voiding } from '../../../shared/sync/voiding.ts';

/** What is kept of the exchange with endpoints beside log and bodies, one store for each. */

/** An operation an authority refused (D7). `seal` is its signature, to be passed on with it. */
export interface VoidingRow {
  readonly dot: Dot;
  readonly voiding: Voiding;
  readonly seal: string | null;
}

/** An operation held and counted but not applied before an upgrade can read it (D14). */
export interface QuarantineRow {
  readonly dot: Dot;
  /** The log row that holds it too. */
  readonly logKey: number;
  readonly line: string;
}

/** An own operation that was refused: its text stays with its author (I13). */
export interface RefusedRow {
  readonly dot: Dot;
  readonly code: string;
  /** What the endpoint found wrong and what it expected there; '' and null until its answer says so. */
  readonly entity: string;
  readonly id: string;
  readonly field: string | null;
  readonly expected: string;
  /** The operation as JSON. */
  readonly line: string;
  /** Wall time (ms) at which this desk heard of it. */
  readonly refusedAt: number;
}

/** The newest signature of an authority on each stretch of a chain: with it the stretch can be brought back to it. */
export interface AttestationRow {
  /** `device:stretch`. */
  readonly key: string;
  readonly attestation: ChainAttestation;
}

/** Where the log has the operations of one stretch of a chain. Derived from the log. */
export interface PlacesRow {
  /** `device:stretch`. */
  readonly key: string;
  /** By number within the stretch: key of the log row, 0 for none; and the hash of what is held there, '' for none. */
  readonly rows: readonly number[];
  readonly hashes: readonly string[];
}

/** A record that came into the scope of a filtered desk, or went out of it. */
export interface ScopeRow {
  /** `entity/id`. */
  readonly key: string;
  /** The state it stands on, as JSON; null for a record that has left, or that is kept no more. */
  readonly state: string | null;
  /**
   * What that state has applied; null for a record that has left: what still comes for it is not kept. A key (`held/...`)
   * stands for the row of this store that has it: many records come in with one vector.
   */
  readonly held: VersionVector | string | null;
}

/** Losing chains of forked devices: what each of their operations is known as here (shared/sync/fork.ts). */
export interface BranchRow {
  /** As in the branch book: `device first hash` for the parting operation, `device hash` for each that is held. */
  readonly key: string;
  readonly device: string;
  readonly partedAt: number;
  readonly renamedHash: string;
  /** The operation under its raw name, to be passed on; null in the row of the parting itself. */
  readonly line: string | null;
}

export interface RemoteRows {
  readonly voidings: VoidingRow;
  readonly quarantine: QuarantineRow;
  readonly refused: RefusedRow;
  readonly attestations: AttestationRow;
  readonly places: PlacesRow;
  readonly scope: ScopeRow;
  readonly branches: BranchRow;
}
