import { rowOf, wordsOf } from './analyse.ts';
import { expandWord } from './expand-word.ts';
import type { SearchIndex } from './search-index.ts';
import { scorePhrase, scoreWord, type WordScores } from './score-words.ts';

/** What is looked for: a word with all that may stand for it, or words in a row exactly as typed. */
export interface WantedText {
  readonly text: string;
  readonly isPhrase: boolean;
  /** Records with it are left out. */
  readonly isExcluded?: boolean;
}

export interface SearchWish {
  readonly wanted: readonly WantedText[];
  /** What a word is worth in each field of the index. */
  readonly weights: readonly number[];
  readonly limit: number;
  /** Whether a record may be shown at all. */
  readonly accept?: (id: string) => boolean;
  /** Multiplies the score of a record: freshness, mine. */
  readonly boost?: (id: string) => number;
  /**
   * Records that answer a word by what they point to, given the records that have the word: the tickets of a caller who
   * has the name. Called once for each word.
   */
  readonly linked?: (found: ReadonlyMap<string, number>) => Iterable<readonly [id: string, score: number]>;
  /** Only records with every word as typed, as a beginning or in a compound; never words left out. */
  readonly isStrict?: boolean;
}

export interface SearchHit {
  readonly id: string;
  readonly score: number;
}

export interface SearchAnswer {
  readonly hits: readonly SearchHit[];
  /** Records found, of which `hits` are the first. */
  readonly total: number;
  /** Terms that answered, for marking them in texts. */
  readonly terms: ReadonlySet<string>;
  /** What had to be given up to find anything: typed words were corrected, or not every word was asked for. */
  readonly loosened: 'none' | 'typos' | 'some-words';
}

interface Unit {
  readonly terms: readonly string[];
  readonly isExcluded: boolean;
}

const enough = 5;

/**
 * Finds records with every word, best first. As typed first; when few are found, words some letters away count too; when
 * still none, records with most of the words.
 */
export function searchRecords(index: SearchIndex, wish: SearchWish): SearchAnswer {
  const units = wish.wanted.flatMap(({ text, isPhrase, isExcluded = false }): readonly Unit[] => {
    const rows = isPhrase ? [rowOf(text)] : wordsOf(text);
    return rows.filter((terms) => terms.length > 0).map((terms) => ({ terms, isExcluded }));
  });
  const wantedUnits = units.filter((unit) => !unit.isExcluded);
  const terms = new Set<string>();
  if (wantedUnits.length === 0) return { hits: [], total: 0, terms, loosened: 'none' };
  const excluded = units
    .filter((unit) => unit.isExcluded)
    .map((unit) => scoreUnit(index, wish, unit, false, new Set()));
  const scored = wantedUnits.map((unit) => scoreUnit(index, wish, unit, false, terms));
  const strict = collect(index, wish, scored, excluded, wantedUnits.length);
  if (strict.total >= enough || (wish.isStrict === true && strict.total > 0))
    return { ...strict, terms, loosened: 'none' };
  const loose = wantedUnits.map((unit) => scoreUnit(index, wish, unit, true, terms));
  const typos = collect(index, wish, loose, excluded, wantedUnits.length);
  if (typos.total > 0 || wantedUnits.length === 1 || wish.isStrict === true)
    return { ...typos, terms, loosened: typos.total > strict.total ? 'typos' : 'none' };
  const some = collect(index, wish, loose, excluded, Math.max(1, Math.ceil(wantedUnits.length / 2)));
  return { ...some, terms, loosened: some.total > 0 ? 'some-words' : 'none' };
}

function scoreUnit(
  index: SearchIndex,
  wish: SearchWish,
  unit: Unit,
  withTypos: boolean,
  terms: Set<string>,
): WordScores {
  const [word = ''] = unit.terms;
  if (unit.terms.length > 1) {
    for (const term of unit.terms) terms.add(term);
    return scorePhrase(index, wish.weights, unit.terms);
  }
  const expansions = expandWord(word, index.parts, { withTypos });
  for (const { term } of expansions) terms.add(term);
  const scores = scoreWord(index, wish.weights, expansions);
  if (wish.linked) addLinked(index, scores, wish.linked);
  return scores;
}

function addLinked(index: SearchIndex, scores: WordScores, linked: NonNullable<SearchWish['linked']>): void {
  const found = new Map<string, number>();
  index.parts.forEach((part, number) => {
    scores[number]?.forEach((score, record) => {
      if (score > 0) found.set(part.ids[record] ?? '', score);
    });
  });
  for (const [id, score] of linked(found)) {
    for (const [number, part] of index.parts.entries()) {
      const record = part.recordOf(id);
      const ofPart = scores[number];
      if (record === undefined || part.removed[record] === 1 || !ofPart) continue;
      if (score > (ofPart[record] ?? 0)) ofPart[record] = score;
    }
  }
}

function collect(
  index: SearchIndex,
  wish: SearchWish,
  scored: readonly WordScores[],
  excluded: readonly WordScores[],
  atLeast: number,
): Pick<SearchAnswer, 'hits' | 'total'> {
  const hits: SearchHit[] = [];
  index.parts.forEach((part, number) => {
    for (let record = 0; record < part.ids.length; record += 1) {
      if (part.removed[record] === 1) continue;
      let sum = 0;
      let words = 0;
      for (const scores of scored) {
        const score = scores[number]?.[record] ?? 0;
        if (score > 0) words += 1;
        sum += score;
      }
      if (words < atLeast || excluded.some((scores) => (scores[number]?.[record] ?? 0) > 0)) continue;
      const id = part.ids[record] ?? '';
      if (wish.accept?.(id) === false) continue;
      // What lacks a word comes after what has it, unless it is much better.
      const score = sum * (words / scored.length) ** 2 * (wish.boost?.(id) ?? 1);
      hits.push({ id, score });
    }
  });
  const total = hits.length;
  hits.sort((left, right) => right.score - left.score || (left.id < right.id ? -1 : 1));
  return { hits: hits.slice(0, wish.limit), total };
}
