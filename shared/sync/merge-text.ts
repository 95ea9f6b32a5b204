import { diffTokens, wordsOf } from './token-diff.ts';

export interface MergedText {
  readonly text: string;
  /** Places that both changed and each in its own way: both versions are in the text, one under the other. */
  readonly overlaps: number;
}

/**
 * The three-way merge that review proposes for a text (D3): what one side changed and the other left alone is taken
 * over, line by line and, where both changed a line, word by word. Where both changed the same words the lines of both
 * stay. Invariants: every word that a side added is in the result; a word of `base` is gone only if a side took it out;
 * a side that changed nothing, or the same as the other, changes nothing.
 */
export function mergeText(base: string, mine: string, theirs: string): MergedText {
  if (mine === theirs || theirs === base) return { text: mine, overlaps: 0 };
  if (mine === base) return { text: theirs, overlaps: 0 };
  let overlaps = 0;
  const lines = mergeTokens(base.split('\n'), mine.split('\n'), theirs.split('\n'), (old, ours, others) => {
    const sides = [old.join('\n'), ours.join('\n'), others.join('\n')] as const;
    // A side that emptied the lines has no words to merge: what the other made of them stays whole.
    const words = sides.some((side) => side.trim() === '') ? null : mergeWords(...sides);
    if (words !== null) return words.split('\n');
    overlaps += 1;
    return both(ours, others);
  });
  return { text: lines.join('\n'), overlaps };
}

/** Both texts whole, one under the other; for fields of which nobody knows what they were before. */
export function keepBothTexts(mine: string, theirs: string): string {
  return both(mine.split('\n'), theirs.split('\n')).join('\n');
}

/** All lines of both in their order, those that both have once. */
function both(mine: readonly string[], theirs: readonly string[]): readonly string[] {
  return diffTokens(mine, theirs).flatMap(({ tokens }) => tokens);
}

/** Null when both changed the same words. */
function mergeWords(base: string, mine: string, theirs: string): string | null {
  let isClean = true;
  const onOverlap: Overlap = (_base, ours) => {
    isClean = false;
    return ours;
  };
  // What only touches would be glued together, to words that nobody wrote.
  const words = mergeTokens(wordsOf(base), wordsOf(mine), wordsOf(theirs), onOverlap, 'together');
  return isClean ? words.join('') : null;
}

/** Tokens `from` to `to` of the base, replaced by a side. */
interface Hunk {
  readonly from: number;
  readonly to: number;
  readonly tokens: readonly string[];
}

type Overlap = (base: readonly string[], mine: readonly string[], theirs: readonly string[]) => readonly string[];

function mergeTokens(
  base: readonly string[],
  mine: readonly string[],
  theirs: readonly string[],
  onOverlap: Overlap,
  touching: 'apart' | 'together' = 'apart',
): readonly string[] {
  const ours = hunksOf(base, mine);
  const others = hunksOf(base, theirs);
  const merged: string[] = [];
  let at = 0;
  while (ours.length > 0 || others.length > 0) {
    const from = Math.min(ours[0]?.from ?? base.length, others[0]?.from ?? base.length);
    const region = takeRegion(from, ours, others, touching === 'together');
    const [own, foreign] = [apply(base, region, region.ours), apply(base, region, region.others)];
    merged.push(...base.slice(at, from));
    if (region.others.length === 0 || isEqual(own, foreign)) merged.push(...own);
    else if (region.ours.length === 0) merged.push(...foreign);
    else merged.push(...onOverlap(base.slice(region.from, region.to), own, foreign));
    at = region.to;
  }
  return [...merged, ...base.slice(at)];
}

interface Region {
  readonly from: number;
  readonly to: number;
  readonly ours: readonly Hunk[];
  readonly others: readonly Hunk[];
}

/** Takes off the hunks that begin at `from`, and those that reach into them, or touch them if these belong together. */
function takeRegion(from: number, ours: Hunk[], others: Hunk[], takesTouching: boolean): Region {
  const taken: { readonly ours: Hunk[]; readonly others: Hunk[] } = { ours: [], others: [] };
  let to = from;
  const belongs = (hunk: Hunk | undefined): boolean =>
    hunk !== undefined && (hunk.from === from || hunk.from < (takesTouching ? to + 1 : to));
  for (;;) {
    const isOwn = belongs(ours[0]);
    if (!isOwn && !belongs(others[0])) return { from, to, ...taken };
    const next = (isOwn ? ours : others).shift();
    if (next === undefined) return { from, to, ...taken };
    (isOwn ? taken.ours : taken.others).push(next);
    to = Math.max(to, next.to);
  }
}

function hunksOf(base: readonly string[], side: readonly string[]): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: Hunk | null = null;
  for (const { kind, tokens } of diffTokens(base, side)) {
    if (kind === 'same') {
      if (open !== null) hunks.push(open);
      open = null;
      at += tokens.length;
      continue;
    }
    open ??= { from: at, to: at, tokens: [] };
    if (kind === 'added') open = { ...open, tokens: [...open.tokens, ...tokens] };
    else {
      at += tokens.length;
      open = { ...open, to: at };
    }
  }
  if (open !== null) hunks.push(open);
  return hunks;
}

/** What a side has in place of the region. */
function apply(base: readonly string[], { from, to }: Region, hunks: readonly Hunk[]): readonly string[] {
  const tokens: string[] = [];
  let at = from;
  for (const hunk of hunks) {
    tokens.push(...base.slice(at, hunk.from), ...hunk.tokens);
    at = hunk.to;
  }
  return [...tokens, ...base.slice(at, to)];
}

function isEqual(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((token, index) => token === other[index]);
}
