import { analyse } from './analyse.ts';

/** Part of a text with the places to mark in it; `ranges` are in the part, ascending, not overlapping. */
export interface Snippet {
  readonly text: string;
  readonly ranges: readonly (readonly [start: number, end: number])[];
  /** Different terms marked. */
  readonly found: number;
}

interface Mark {
  readonly start: number;
  readonly end: number;
  readonly term: string;
}

const ellipsis = '…';

/** Places of a text whose term is among `terms`; a place in several of them once. */
function marksOf(text: string, terms: ReadonlySet<string>): readonly Mark[] {
  const marks: Mark[] = [];
  analyse(text, (term, _position, start, end) => {
    if (terms.has(term)) marks.push({ start, end, term });
  });
  return marks.sort((left, right) => left.start - right.start || right.end - left.end);
}

/** The whole text, marked. */
export function markText(text: string, terms: ReadonlySet<string>): Snippet {
  const marks = marksOf(text, terms);
  return { text, ranges: rangesOf(marks, 0, text.length), found: new Set(marks.map(({ term }) => term)).size };
}

/** About `length` characters (UTF-16 units) of a text, where most of the terms stand together; lines become spaces. */
export function makeSnippet(text: string, terms: ReadonlySet<string>, length: number): Snippet {
  const line = text.replace(/\s/g, ' ');
  const marks = marksOf(line, terms);
  let best = { from: 0, found: 0 };
  for (const [index, mark] of marks.entries()) {
    const seen = new Set<string>();
    for (let next = index; next < marks.length; next += 1) {
      const other = marks[next];
      if (!other || other.end > mark.start + length) break;
      seen.add(other.term);
    }
    if (seen.size > best.found) best = { from: mark.start, found: seen.size };
  }
  const from = line.length <= length ? 0 : wordStart(line, Math.max(0, best.from - Math.floor(length / 5)), best.from);
  const to = line.length - from <= length ? line.length : wordEnd(line, from + length);
  const lead = from > 0 ? ellipsis : '';
  const ranges = rangesOf(marks, from, to).map(([start, end]) => [start + lead.length, end + lead.length] as const);
  return { text: `${lead}${line.slice(from, to)}${to < line.length ? ellipsis : ''}`, ranges, found: best.found };
}

function rangesOf(marks: readonly Mark[], from: number, to: number): readonly (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  let last = from;
  for (const { start, end } of marks) {
    if (end > to || end <= last) continue;
    ranges.push([Math.max(start, last) - from, end - from]);
    last = end;
  }
  return ranges;
}

function wordStart(text: string, at: number, most: number): number {
  if (at === 0) return 0;
  const space = text.indexOf(' ', at);
  return space < 0 || space >= most ? safeCut(text, Math.min(at, most)) : space + 1;
}

function wordEnd(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at);
  return at - space > 40 ? safeCut(text, at) : space;
}

/** Never between the halves of one character. */
function safeCut(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff ? at + 1 : at;
}
