/**
 * Letters to change, add, leave out or swap with their neighbour to get from one word to the other (optimal string
 * alignment), `limit + 1` when it is more than `limit`. With `isBeginning`, what `word` has after what matched is free.
 */
export function editDistance(typed: string, word: string, limit: number, isBeginning = false): number {
  if (typed.length - word.length > limit || (!isBeginning && word.length - typed.length > limit)) return limit + 1;
  const columns = Math.min(word.length, typed.length + limit);
  let twoAgo: number[] = [];
  let before = Array.from({ length: columns + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row += 1) {
    const now = [row];
    let least = row;
    for (let column = 1; column <= columns; column += 1) {
      const isSame = typed[row - 1] === word[column - 1];
      let cost = Math.min(
        (before[column - 1] ?? 0) + (isSame ? 0 : 1),
        (before[column] ?? 0) + 1,
        (now[column - 1] ?? 0) + 1,
      );
      const isSwap =
        row > 1 && column > 1 && typed[row - 1] === word[column - 2] && typed[row - 2] === word[column - 1];
      if (isSwap) cost = Math.min(cost, (twoAgo[column - 2] ?? 0) + 1);
      now.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    twoAgo = before;
    before = now;
  }
  const distance = isBeginning ? Math.min(...before) : (before[columns] ?? limit + 1);
  return Math.min(distance, limit + 1);
}

/** Which letters a word has, a bit each: two words far apart differ in more bits than so many edits can change. */
export function letterMask(word: string): number {
  let mask = 0;
  for (let at = 0; at < word.length; at += 1) mask |= 1 << (word.charCodeAt(at) & 31);
  return mask;
}

export function bitCount(value: number): number {
  let rest = value - ((value >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return (((rest + (rest >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
