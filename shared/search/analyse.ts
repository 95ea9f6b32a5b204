import { foldWord } from './fold-word.ts';

/** Raised when texts are taken apart in another way: an index of another version is built anew. */
export const analyserVersion = 1;

/** One word of a text as the index knows it. `start` and `end` are places in the text (UTF-16 code units). */
export type TakeToken = (term: string, position: number, start: number, end: number) => void;

/** Longer words are known by their beginning: no text of anybody makes the index grow without end. */
const longestTerm = 64;
const longestWhole = 48;

/** Words, and what is joined by signs without a space: references, addresses, versions, double words. */
const joined = /[\p{L}\p{N}\p{M}]+(?:[-._/\\:@+][\p{L}\p{N}\p{M}]+)*/gu;
const piece = /[\p{L}\p{N}\p{M}]+/gu;
const separator = /[-._/\\:@+]/u;
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]/u;
const unspacedRun = new RegExp(`${unspaced.source}+|(?:(?!${unspaced.source}).)+`, 'gsu');
const isAscii = /^[\u0000-\u007f]*$/;
const numbered = /^(?:\D*?)0*(\d+)$/;

/**
 * Takes a text apart: folded words; numbers and references whole and by their parts; a number also without the letters and
 * zeros before it (`INC0001234`: 1234); what is written without spaces (Chinese, Japanese, Korean, Thai) as pairs of
 * letters. Returns the number of positions used. Positions count words, so that a phrase is words in a row.
 */
export function analyse(text: string, take: TakeToken): number {
  let position = 0;
  for (const match of text.matchAll(joined)) {
    const [whole] = match;
    const start = match.index;
    if (!separator.test(whole)) {
      position = takePiece(whole, start, position, take);
      continue;
    }
    const first = position;
    for (const part of whole.matchAll(piece)) position = takePiece(part[0], start + part.index, position, take);
    const term = wholeTerm(whole);
    if (term !== null) take(term, first, start, start + whole.length);
  }
  return position;
}

/** References keep their signs (`inc-k3v9-17`, `10.0.0.1`), double words are also one (`e-mail`: email). */
function wholeTerm(whole: string): string | null {
  if (whole.length > longestWhole) return null;
  return foldWord(/[\d@]/.test(whole) ? whole : whole.replace(/[^\p{L}\p{N}\p{M}]+/gu, ''));
}

function takePiece(word: string, start: number, position: number, take: TakeToken): number {
  if (folded.has(word) || isAscii.test(word) || !unspaced.test(word)) return takeWord(word, start, position, take);
  let next = position;
  for (const run of word.matchAll(unspacedRun)) {
    next = unspaced.test(run[0])
      ? takePairs(run[0], start + run.index, next, take)
      : takeWord(run[0], start + run.index, next, take);
  }
  return next;
}

/** Words come again and again: what they fold to is kept for the most of a language. */
const folded = new Map<string, string>();
const keptWords = 30_000;
const longestKept = 24;

function termOf(word: string): string {
  const known = folded.get(word);
  if (known !== undefined) return known;
  const term = foldWord(word).slice(0, longestTerm);
  if (word.length > longestKept) return term;
  if (folded.size >= keptWords) folded.clear();
  folded.set(word, term);
  return term;
}

function takeWord(word: string, start: number, position: number, take: TakeToken): number {
  const term = termOf(word);
  if (term === '') return position;
  const end = start + word.length;
  take(term, position, start, end);
  const number = /\d$/.test(term) ? numbered.exec(term)?.[1] : undefined;
  if (number !== undefined && number !== term) take(number, position, start, end);
  return position + 1;
}

/** Pairs that overlap, and the last letter by itself: one letter is then found as the beginning of a pair. */
function takePairs(run: string, start: number, position: number, take: TakeToken): number {
  const letters = Array.from(run);
  let at = start;
  letters.forEach((letter, index) => {
    const pair = letter + (letters[index + 1] ?? '');
    take(foldWord(pair), position + index, at, at + pair.length);
    at += letter.length;
  });
  return position + letters.length;
}

/** The words of what somebody typed: the terms that must stand in a row for each word typed. */
export function wordsOf(typed: string): readonly (readonly string[])[] {
  const words: (readonly string[])[] = [];
  for (const [whole] of typed.matchAll(joined)) {
    const isReference = separator.test(whole) && /[\d@]/.test(whole) && whole.length <= longestWhole;
    if (isReference) words.push([foldWord(whole)]);
    else if (separator.test(whole)) words.push(rowOf(whole));
    else for (const run of whole.matchAll(unspacedRun)) words.push(rowOf(run[0]));
  }
  return words.filter((word) => word.length > 0);
}

/** The terms of words in a row, one for each position. */
export function rowOf(words: string): readonly string[] {
  const row: string[] = [];
  analyse(words, (term, position) => {
    row[position] ??= term;
  });
  // The last letter of a run without spaces is in the pair before it, too, and may go on in the text.
  if (row.length > 1 && Array.from(row.at(-1) ?? '').length === 1 && unspaced.test(row.at(-1) ?? '')) row.pop();
  return row;
}
