/** Where a word stands in one record: `positions` holds `count` of them, ascending; valid until the next call. */
export type VisitPosting = (record: number, positions: Uint32Array, count: number) => void;

/** Some of the records of an index. Records are numbered from 0; one that was removed keeps its number. */
export interface IndexPart {
  readonly ids: readonly string[];
  readonly terms: readonly string[];
  /** 1 for a removed record. */
  readonly removed: Uint8Array;
  /** Words of each record in each field: `lengths[record * fields + field]`. */
  readonly lengths: Uint32Array;
  recordOf: (id: string) => number | undefined;
  /** Index of a term, -1 when no record has it. */
  termAt: (term: string) => number;
  /** Also visits records that were removed. */
  read: (termIndex: number, visit: VisitPosting) => void;
}

/** Between two fields, so that no phrase goes from one into the next. */
export const fieldGap = 2;

/** Memory that one reader at a time fills. */
export class Scratch {
  positions = new Uint32Array(256);
  grow(count: number): Uint32Array {
    if (count > this.positions.length) this.positions = new Uint32Array(count * 2);
    return this.positions;
  }
}
