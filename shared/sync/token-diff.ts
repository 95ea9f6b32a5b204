/** A run of tokens: `same` is in both texts, `removed` only in the old one, `added` only in the new one. */
export interface TokenRun {
  readonly kind: 'same' | 'removed' | 'added';
  readonly tokens: readonly string[];
}

/**
 * More differences than this are told as one replacement. The search keeps a front for each difference it allows, so
 * this bounds time and memory (about 2 MB); texts that differ more have little in common that a reader would see.
 */
const mostDifferences = 700;

/**
 * The difference of two texts as a reader sees it: whole lines where a line came or went, words within the lines that
 * were changed.
 */
export function diffText(before: string, after: string): readonly TokenRun[] {
  const runs = diffTokens(linesOf(before), linesOf(after));
  return runs.flatMap((run, index) => {
    const [last, next] = [runs[index - 1], runs[index + 1]];
    if (run.kind === 'added' && last?.kind === 'removed') return [];
    if (run.kind !== 'removed' || next?.kind !== 'added') return [run];
    return diffTokens(wordsOf(run.tokens.join('')), wordsOf(next.tokens.join('')));
  });
}

/** Lines and the breaks between them, in order; joined again they are the text. */
function linesOf(text: string): readonly string[] {
  return text.match(/\n|[^\n]+/g) ?? [];
}

/** Words, spaces and single signs, in order; joined again they are the text. */
export function wordsOf(text: string): readonly string[] {
  return text.match(/\s+|[\p{L}\p{N}\p{M}_]+|[^\s\p{L}\p{N}\p{M}_]/gu) ?? [];
}

/**
 * The shortest edit from `before` to `after` (Myers 1986), as runs in order. Invariant: `same` and `removed` together
 * are `before`, `same` and `added` together are `after`.
 */
export function diffTokens(before: readonly string[], after: readonly string[]): readonly TokenRun[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const shorter = Math.min(before.length, after.length) - start;
  while (end < shorter && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  const runs: TokenRun[] = [];
  push(runs, 'same', before.slice(0, start));
  const old = before.slice(start, before.length - end);
  const now = after.slice(start, after.length - end);
  let from: readonly [number, number] = [0, 0];
  for (const [x, y, length] of commonRuns(old, now)) {
    push(runs, 'removed', old.slice(from[0], x));
    push(runs, 'added', now.slice(from[1], y));
    push(runs, 'same', old.slice(x, x + length));
    from = [x + length, y + length];
  }
  push(runs, 'removed', old.slice(from[0]));
  push(runs, 'added', now.slice(from[1]));
  push(runs, 'same', before.slice(before.length - end));
  return runs;
}

function push(runs: TokenRun[], kind: TokenRun['kind'], tokens: readonly string[]): void {
  const last = runs.at(-1);
  if (tokens.length === 0) return;
  if (last?.kind === kind) runs[runs.length - 1] = { kind, tokens: [...last.tokens, ...tokens] };
  else runs.push({ kind, tokens });
}

/** Runs both have, as [position in old, position in now, length]; none when they differ too much. */
function commonRuns(old: readonly string[], now: readonly string[]): readonly (readonly [number, number, number])[] {
  const fronts = searchFronts(old, now);
  if (fronts === null) return [];
  const runs: [number, number, number][] = [];
  let [x, y] = [old.length, now.length];
  for (let differences = fronts.length - 1; x > 0 || y > 0; differences -= 1) {
    const front = fronts[differences - 1];
    // Where the last difference led to: one token of `now` more, or one of `old`.
    const diagonal = x - y;
    const down = front !== undefined && stepsDown(front, diagonal, differences);
    const beforeX = front === undefined ? 0 : reach(front, down ? diagonal + 1 : diagonal - 1, differences - 1);
    const beforeY = front === undefined ? 0 : beforeX - (down ? diagonal + 1 : diagonal - 1);
    const landedX = front === undefined || down ? beforeX : beforeX + 1;
    if (x > landedX) runs.unshift([landedX, y - (x - landedX), x - landedX]);
    [x, y] = [beforeX, beforeY];
  }
  return runs;
}

/** For each number of differences how far each diagonal reaches; null when more than `mostDifferences` are needed. */
function searchFronts(old: readonly string[], now: readonly string[]): readonly Int32Array[] | null {
  const fronts: Int32Array[] = [];
  for (let differences = 0; differences <= mostDifferences; differences += 1) {
    const front = new Int32Array(2 * differences + 1);
    const last = fronts.at(-1);
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      let x = 0;
      if (last !== undefined)
        x = stepsDown(last, diagonal, differences)
          ? reach(last, diagonal + 1, differences - 1)
          : reach(last, diagonal - 1, differences - 1) + 1;
      while (x < old.length && x - diagonal < now.length && old[x] === now[x - diagonal]) x += 1;
      front[diagonal + differences] = x;
      if (x >= old.length && x - diagonal >= now.length) return [...fronts, front];
    }
    fronts.push(front);
  }
  return null;
}

function reach(front: Int32Array, diagonal: number, differences: number): number {
  return Math.abs(diagonal) > differences ? -1 : (front[diagonal + differences] ?? -1);
}

/** Whether the way to a diagonal comes from the one above it (a token added) and not from the one below (removed). */
function stepsDown(last: Int32Array, diagonal: number, differences: number): boolean {
  if (diagonal === -differences) return true;
  if (diagonal === differences) return false;
  return reach(last, diagonal - 1, differences - 1) < reach(last, diagonal + 1, differences - 1);
}
