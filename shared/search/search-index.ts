import { FreshPart } from './fresh-part.ts';
import type { IndexPart } from './index-part.ts';
import { mergeParts } from './merge-parts.ts';
import type { SealedPart } from './sealed-part.ts';

/** A fresh part of so many records is sealed; merging begins at so many sealed parts. */
const freshLimit = 2_048;
const sealedLimit = 6;
/** A part with a greater share of removed records is written anew. */
const removedLimit = 0.3;

/**
 * An inverted index over records with several fields. Parts are never changed but by marking records as removed: a change
 * costs what the record costs, and what is stored stays valid.
 */
export class SearchIndex {
  readonly fields: number;
  #fresh: FreshPart;
  #sealed: readonly SealedPart[];
  #size = 0;
  readonly #totals: number[];
  /** Rises with every change. */
  version = 0;

  constructor(fields: number, sealed: readonly SealedPart[] = []) {
    this.fields = fields;
    this.#fresh = new FreshPart(fields);
    this.#sealed = sealed;
    this.#totals = Array.from({ length: fields }, () => 0);
    for (const part of sealed)
      part.ids.forEach((_id, record) => {
        if (part.removed[record] === 0) this.#count(part, record, 1);
      });
  }

  get size(): number {
    return this.#size;
  }
  get parts(): readonly IndexPart[] {
    return this.#fresh.ids.length === 0 ? this.#sealed : [...this.#sealed, this.#fresh];
  }
  get sealed(): readonly SealedPart[] {
    return this.#sealed;
  }

  /** Words a field has on average, over the records that are there. */
  averageLength(field: number): number {
    return this.#size === 0 ? 1 : Math.max(1, (this.#totals[field] ?? 0) / this.#size);
  }

  has(id: string): boolean {
    return this.parts.some((part) => {
      const record = part.recordOf(id);
      return record !== undefined && part.removed[record] === 0;
    });
  }

  /** Adds a record or replaces what is known of it. `texts` are those of its fields, in their order. */
  put(id: string, texts: readonly string[]): void {
    this.remove(id);
    if (this.#fresh.ids.length >= freshLimit) this.seal();
    this.#fresh.add(id, texts);
    this.#count(this.#fresh, this.#fresh.ids.length - 1, 1);
    this.version += 1;
  }

  remove(id: string): void {
    for (const part of this.parts) {
      const record = part.recordOf(id);
      if (record === undefined || part.removed[record] === 1) continue;
      part.removed[record] = 1;
      this.#count(part, record, -1);
      this.version += 1;
    }
  }

  #count(part: IndexPart, record: number, sign: 1 | -1): void {
    this.#size += sign;
    for (let field = 0; field < this.fields; field += 1)
      this.#totals[field] = (this.#totals[field] ?? 0) + sign * (part.lengths[record * this.fields + field] ?? 0);
  }

  /** Puts what came lately into the form in which it is stored. */
  seal(): void {
    if (this.#fresh.ids.length === 0) return;
    this.#sealed = [...this.#sealed, runToEnd(mergeParts([this.#fresh], this.fields)).part];
    this.#fresh = new FreshPart(this.fields);
  }

  /** `compact` without pauses; into one part unless told otherwise. */
  compactNow(limit = 1): void {
    runToEnd(this.compact(limit));
  }

  /**
   * Makes few parts of many, a step at a time; between steps records may be put and removed. Ends at once when there is
   * nothing to gain.
   */
  *compact(limit: number = sealedLimit): Generator<undefined, void> {
    const worn = this.#sealed.filter((part) => removedShare(part) > removedLimit);
    const chosen = this.#sealed.length > limit ? this.#sealed : worn;
    if (chosen.length === 0) return;
    const { part, settle } = yield* mergeParts(chosen, this.fields);
    settle();
    const others = this.#sealed.filter((each) => !chosen.includes(each));
    this.#sealed = part.ids.length === 0 ? others : [part, ...others];
  }
}

/** All steps at once. */
function runToEnd<Value>(steps: Generator<undefined, Value>): Value {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

function removedShare(part: IndexPart): number {
  let removed = 0;
  for (const flag of part.removed) removed += flag;
  return removed / Math.max(1, part.ids.length);
}
