import { fieldGap, type IndexPart } from './index-part.ts';
import type { Expansion } from './expand-word.ts';
import type { SearchIndex } from './search-index.ts';
import { tuning } from './search-tuning.ts';

/** How good each record of each part answers one word: 0 for not at all. */
export type WordScores = readonly Float32Array[];

interface Found {
  readonly part: number;
  readonly records: number[];
  /** Weighted frequency, lengths counted in (BM25F). */
  readonly frequencies: number[];
}

/** Scores one word: for each record the best of what may stand for the word. */
export function scoreWord(
  index: SearchIndex,
  weights: readonly number[],
  expansions: readonly Expansion[],
): WordScores {
  const { parts } = index;
  const scores = parts.map((part) => new Float32Array(part.ids.length));
  for (const { term, weight } of expansions) {
    const found = parts.map((part, number) => readTerm(index, part, number, weights, part.termAt(term)));
    addScores(index, scores, found, weight);
  }
  return scores;
}

/** Scores words in a row, read as one word. */
export function scorePhrase(index: SearchIndex, weights: readonly number[], terms: readonly string[]): WordScores {
  const scores = index.parts.map((part) => new Float32Array(part.ids.length));
  const found = index.parts.map((part, number) => {
    const collected: Found = { part: number, records: [], frequencies: [] };
    const frequency = frequencyOf(index, part, weights);
    for (const [record, positions] of recordsWithRow(part, terms)) {
      if (part.removed[record] === 1) continue;
      collected.records.push(record);
      collected.frequencies.push(frequency(record, positions, positions.length));
    }
    return collected;
  });
  // A row of words says more than one of them.
  addScores(index, scores, found, Math.sqrt(terms.length));
  return scores;
}

function addScores(index: SearchIndex, scores: WordScores, found: readonly Found[], weight: number): void {
  const count = found.reduce((sum, { records }) => sum + records.length, 0);
  if (count === 0) return;
  const rarity = Math.log(1 + (index.size - count + 0.5) / (count + 0.5));
  for (const { part, records, frequencies } of found) {
    const ofPart = scores[part];
    if (!ofPart) continue;
    for (let at = 0; at < records.length; at += 1) {
      const frequency = frequencies[at] ?? 0;
      const record = records[at] ?? 0;
      const score = weight * rarity * ((frequency * (tuning.saturation + 1)) / (frequency + tuning.saturation));
      if (score > (ofPart[record] ?? 0)) ofPart[record] = score;
    }
  }
}

function readTerm(
  index: SearchIndex,
  part: IndexPart,
  number: number,
  weights: readonly number[],
  termIndex: number,
): Found {
  const found: Found = { part: number, records: [], frequencies: [] };
  if (termIndex < 0) return found;
  const frequency = frequencyOf(index, part, weights);
  part.read(termIndex, (record, positions, count) => {
    if (part.removed[record] === 1) return;
    found.records.push(record);
    found.frequencies.push(frequency(record, positions, count));
  });
  return found;
}

/** How often, each place counted by the weight of its field and the length of the text it stands in. */
function frequencyOf(
  index: SearchIndex,
  part: IndexPart,
  weights: readonly number[],
): (record: number, positions: ArrayLike<number>, count: number) => number {
  const { fields } = index;
  const averages = weights.map((_, field) => index.averageLength(field));
  const cost = tuning.lengthCost;
  return (record, positions, count) => {
    let sum = 0;
    let field = 0;
    let length = part.lengths[record * fields] ?? 0;
    let end = length + fieldGap;
    for (let at = 0; at < count; at += 1) {
      const position = positions[at] ?? 0;
      while (position >= end && field < fields - 1) {
        field += 1;
        length = part.lengths[record * fields + field] ?? 0;
        end += length + fieldGap;
      }
      sum += (weights[field] ?? 0) / (1 - cost + (cost * length) / (averages[field] ?? 1));
    }
    return sum;
  };
}

/** Records in which the terms stand in a row, with the places where the rows begin. */
function recordsWithRow(part: IndexPart, terms: readonly string[]): ReadonlyMap<number, readonly number[]> {
  let rows = new Map<number, readonly number[]>();
  terms.forEach((term, offset) => {
    const termIndex = part.termAt(term);
    const next = new Map<number, readonly number[]>();
    if (termIndex >= 0)
      part.read(termIndex, (record, positions, count) => {
        const here = positions.subarray(0, count);
        if (offset === 0) {
          next.set(record, Array.from(here));
          return;
        }
        const places = new Set(here);
        const kept = (rows.get(record) ?? []).filter((start) => places.has(start + offset));
        if (kept.length > 0) next.set(record, kept);
      });
    rows = next;
  });
  return rows;
}
