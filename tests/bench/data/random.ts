/** Deterministic chance (mulberry32): equal seeds give equal data on every machine. Numbers from 0 up to 1. */
export type Random = () => number;

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** Picks by weight; the weights sum to 1. */
export function pickWeighted<Item>(random: Random, choices: readonly (readonly [item: Item, weight: number])[]): Item {
  let left = random();
  for (const [item, weight] of choices) {
    left -= weight;
    if (left < 0) return item;
  }
  return pick(random, choices)[0];
}
