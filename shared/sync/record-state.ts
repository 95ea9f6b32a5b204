import type { Dot, FieldValue } from './operation.ts';

/** One value of a field that nothing seen so far has replaced (D3). */
export interface Head {
  readonly dot: Dot;
  /** Wall time in ms corrected by the device's clock offset. Breaks ties between concurrent heads; never decides more. */
  readonly ms: number;
  readonly counter: number;
  readonly value: FieldValue;
}

/** State of one field: all heads, and the dots named as parents that have not arrived yet. */
export interface Register {
  readonly heads: readonly Head[];
  readonly gone?: readonly Dot[];
}

/** Merged state of one record: what is stored, snapshotted and joined. Values shown are derived from it. */
export interface RecordState {
  readonly entity: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, Register>>;
}

/** Highest contiguous sequence number held, per device. */
export type VersionVector = Readonly<Record<string, number>>;

/** State of one record (undefined: not written yet) and what it has applied. */
export interface ScopeState {
  readonly state: RecordState | undefined;
  readonly held: VersionVector;
}
