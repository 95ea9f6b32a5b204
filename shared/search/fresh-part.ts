import { analyse } from './analyse.ts';
import { fieldGap, Scratch, type IndexPart, type VisitPosting } from './index-part.ts';

/** Records that came lately, in memory of its own kind: quick to add to, sealed when it has grown. */
export class FreshPart implements IndexPart {
  readonly ids: string[] = [];
  readonly terms: string[] = [];
  removed = new Uint8Array(64);
  lengths: Uint32Array;
  readonly #fields: number;
  readonly #records = new Map<string, number>();
  readonly #termIndexes = new Map<string, number>();
  /** For each term: record, count, positions, record, count, … */
  readonly #postings: number[][] = [];
  readonly #scratch = new Scratch();

  constructor(fields: number) {
    this.#fields = fields;
    this.lengths = new Uint32Array(64 * fields);
  }

  recordOf(id: string): number | undefined {
    return this.#records.get(id);
  }

  termAt(term: string): number {
    return this.#termIndexes.get(term) ?? -1;
  }

  /** The record must not be here yet, or be removed. */
  add(id: string, texts: readonly string[]): void {
    const record = this.ids.length;
    this.ids.push(id);
    this.#records.set(id, record);
    if (record >= this.removed.length) this.#grow();
    const found = new Map<number, number[]>();
    let base = 0;
    for (let field = 0; field < this.#fields; field += 1) {
      const from = base;
      const count = analyse(texts[field] ?? '', (term, position) => {
        const index = this.#indexOf(term);
        const positions = found.get(index);
        if (positions) positions.push(from + position);
        else found.set(index, [from + position]);
      });
      this.lengths[record * this.#fields + field] = count;
      base += count + fieldGap;
    }
    for (const [index, positions] of found) {
      const places = isAscending(positions) ? positions : inOrder(positions);
      const postings = this.#postings[index];
      if (!postings) continue;
      postings.push(record, places.length);
      for (const place of places) postings.push(place);
    }
  }

  #indexOf(term: string): number {
    let index = this.#termIndexes.get(term);
    if (index === undefined) {
      index = this.terms.length;
      this.terms.push(term);
      this.#termIndexes.set(term, index);
      this.#postings.push([]);
    }
    return index;
  }

  #grow(): void {
    const removed = new Uint8Array(this.removed.length * 2);
    removed.set(this.removed);
    this.removed = removed;
    const lengths = new Uint32Array(removed.length * this.#fields);
    lengths.set(this.lengths);
    this.lengths = lengths;
  }

  read(termIndex: number, visit: VisitPosting): void {
    const postings = this.#postings[termIndex] ?? [];
    for (let at = 0; at < postings.length;) {
      const record = postings[at] ?? 0;
      const count = postings[at + 1] ?? 0;
      const positions = this.#scratch.grow(count);
      for (let index = 0; index < count; index += 1) positions[index] = postings[at + 2 + index] ?? 0;
      at += 2 + count;
      visit(record, positions, count);
    }
  }
}

function isAscending(positions: readonly number[]): boolean {
  for (let at = 1; at < positions.length; at += 1) if ((positions[at] ?? 0) <= (positions[at - 1] ?? 0)) return false;
  return true;
}

/** A term may stand twice at one position (1234 is a part and the whole), and a whole comes after its parts. */
function inOrder(positions: readonly number[]): readonly number[] {
  return [...new Set(positions)].sort((left, right) => left - right);
}
