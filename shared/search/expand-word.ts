import { bitCount, editDistance, letterMask } from './edit-distance.ts';
import type { IndexPart } from './index-part.ts';
import { tuning } from './search-tuning.ts';

/** A term of the index that answers a word, and what it is worth: 1 for the word itself. */
export interface Expansion {
  readonly term: string;
  readonly weight: number;
}

export interface ExpandWish {
  /** Also what is a few letters away. */
  readonly withTypos: boolean;
}

const shortestHead = 4;
/** Between the parts of a German compound. */
const linking = ['', 's', 'es', 'n', 'en', 'er', 'e'] as const;
const inflection = /^(?:|e|n|s|en|es|er|ern|em)$/;
const masks = new WeakMap<readonly string[], Int32Array>();

/**
 * What may stand in a text for a word: the word, the other spelling of its umlaut, words that begin with it, compounds
 * that contain it (`drucker`: Netzwerkdrucker) where what is left is made of words of the index, and, when wished, words
 * some letters away and the parts of a compound typed. Depends on what terms the parts hold, not on how they hold them.
 */
export function expandWord(word: string, parts: readonly IndexPart[], { withTypos }: ExpandWish): readonly Expansion[] {
  const found = new Map<string, number>();
  const take = (term: string, weight: number): void => {
    if (weight > (found.get(term) ?? 0)) found.set(term, weight);
  };
  const worn = new Set(parts.filter((part) => part.removed.includes(1)));
  // A term that only removed records had is none: what is found does not depend on when parts are merged.
  const isKnown = (term: string): boolean =>
    parts.some((part) => {
      const index = part.termAt(term);
      return index >= 0 && (!worn.has(part) || isInUse(part, index));
    });
  const isNumber = /\d/.test(word);
  const hasTypos = withTypos && !isNumber;
  if (isKnown(word)) take(word, 1);
  for (const variant of variantsOf(word)) if (isKnown(variant)) take(variant, tuning.variant);
  if (hasTypos) for (const part of partsOf(word, isKnown)) take(part, tuning.part);
  for (const { terms } of parts) {
    takeLonger(word, isNumber, terms, isKnown, take);
    if (hasTypos) takeSimilar(word, terms, take);
  }
  return mostLikely(found, isKnown);
}

type Take = (term: string, weight: number) => void;

/** Terms that begin with the word, and compounds with it. */
function takeLonger(
  word: string,
  isNumber: boolean,
  terms: readonly string[],
  isKnown: (term: string) => boolean,
  take: Take,
): void {
  for (const term of terms) {
    if (term.length <= word.length) continue;
    const at = term.indexOf(word);
    if (at === 0) take(term, tuning.prefix * Math.sqrt(word.length / term.length));
    else if (at > 0 && word.length >= shortestHead && !isNumber && isCompound(term, at, word.length, isKnown))
      take(term, tuning.compound);
  }
}

/** Terms a few letters away, and longer ones whose beginning is one letter away. */
function takeSimilar(word: string, terms: readonly string[], take: Take): void {
  const limit = word.length >= 8 ? 2 : word.length >= 4 ? 1 : 0;
  if (limit === 0) return;
  const mask = letterMask(word);
  const termMasks = masksOf(terms);
  for (let index = 0; index < terms.length; index += 1) {
    const termMask = termMasks[index] ?? 0;
    if (bitCount(mask & ~termMask) > limit) continue;
    const term = terms[index] ?? '';
    const isSimilar = Math.abs(term.length - word.length) <= limit && bitCount(termMask & ~mask) <= limit;
    if (isSimilar) takeTypo(word, term, limit, false, take);
    else if (term.length > word.length && word.length >= 5) takeTypo(word, term, 1, true, take);
  }
}

function takeTypo(word: string, term: string, limit: number, isBeginning: boolean, take: Take): void {
  if (isBeginning && term[0] !== word[0]) return;
  const distance = editDistance(word, term, limit, isBeginning);
  if (distance > limit || distance === 0) return;
  const first = term[0] === word[0] ? 1 : tuning.otherFirstLetter;
  const length = isBeginning ? tuning.prefix * Math.sqrt(word.length / term.length) : 1;
  take(term, tuning.typo ** distance * first * length);
}

function isInUse(part: IndexPart, index: number): boolean {
  let isUsed = false;
  part.read(index, (record) => {
    isUsed ||= part.removed[record] === 0;
  });
  return isUsed;
}

function mostLikely(found: ReadonlyMap<string, number>, isKnown: (term: string) => boolean): readonly Expansion[] {
  const expansions: Expansion[] = [];
  const sorted = [...found].sort(([left, one], [right, other]) => other - one || (left < right ? -1 : 1));
  for (const [term, weight] of sorted) {
    if (expansions.length === tuning.mostExpansions) break;
    if (isKnown(term)) expansions.push({ term, weight });
  }
  return expansions;
}

function masksOf(terms: readonly string[]): Int32Array {
  let known = masks.get(terms);
  if (known === undefined || known.length < terms.length) {
    known = Int32Array.from(terms, letterMask);
    masks.set(terms, known);
  }
  return known;
}

/** `ue` for ü and the like, both ways where it can be: folding has made ü an u. Leading zeros do not count. */
function variantsOf(word: string): readonly string[] {
  const variants = [word.replace(/([aou])e/g, '$1')];
  if (/^0+\d/.test(word)) variants.push(word.replace(/^0+/, ''));
  if (/^[\p{L}]{4,}$/u.test(word))
    for (const match of word.matchAll(/[aou]/g))
      variants.push(`${word.slice(0, match.index + 1)}e${word.slice(match.index + 1)}`);
  return variants.filter((variant) => variant !== word);
}

/** Whether `term` is a compound with a word of `length` letters at `at`: what is left of it are words of the index. */
function isCompound(term: string, at: number, length: number, isKnown: (term: string) => boolean): boolean {
  if (at < 3) return false;
  return isStem(term.slice(0, at), isKnown) && isTail(term.slice(at + length), isKnown);
}

function isStem(text: string, isKnown: (term: string) => boolean): boolean {
  return linking.some(
    (link) =>
      text.endsWith(link) && text.length - link.length >= 3 && isKnown(text.slice(0, text.length - link.length)),
  );
}

function isTail(text: string, isKnown: (term: string) => boolean): boolean {
  return (
    inflection.test(text) ||
    linking.some((link) => text.startsWith(link) && text.length - link.length >= 4 && isKnown(text.slice(link.length)))
  );
}

/** The two words of a compound, when it is one of two words of the index. */
function partsOf(word: string, isKnown: (term: string) => boolean): readonly string[] {
  for (let at = word.length - shortestHead; at >= shortestHead; at -= 1) {
    const head = word.slice(at);
    if (!isKnown(head)) continue;
    const stem = word.slice(0, at);
    const link = linking.find(
      (each) =>
        stem.endsWith(each) && stem.length - each.length >= 3 && isKnown(stem.slice(0, stem.length - each.length)),
    );
    if (link !== undefined) return [stem.slice(0, stem.length - link.length), head];
  }
  return [];
}
