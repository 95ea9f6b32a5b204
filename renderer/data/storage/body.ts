import type { RecordState } from '../../../shared/sync/record-state.ts';
import type { TrailEvent } from '../../../shared/sync/trail.ts';

/** A record with all that is stored with it: the unit that is read when a person opens it. */
export interface Body {
  readonly entity: string;
  readonly id: string;
  readonly state: RecordState;
  /** Entries of its log (comments, work notes), in order of arrival. */
  readonly entries: readonly RecordState[];
  /** History of the fields its kind keeps at hand (`EntityDefinition.trail`), in order of arrival. */
  readonly trail: readonly TrailEvent[];
  /** Keys of the log rows with operations that touched it, ascending. */
  readonly log: readonly number[];
  /** Event time (ms) of the first and of the latest operation. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Highest own sequence number that touched it; 0 for none. */
  readonly ownSeq: number;
}
