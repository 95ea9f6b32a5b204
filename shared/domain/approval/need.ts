import { minUpOf, readMinUp, type MinUp } from '../asset/redundancy.ts';

/** How many of the people asked must approve: `2`, `50%`, `all`, or `first` when the first answer decides. */
export type Need = MinUp | { readonly unit: 'all' | 'first' };

/** Reads `2`, `50%`, `all` or `first`; null when it is none of them. */
export function readNeed(text: string): Need | null {
  const plain = text.trim();
  return plain === 'all' || plain === 'first' ? { unit: plain } : readMinUp(plain);
}

/** In people, a share rounded up: half of three are two. 0: the first answer decides. */
export function neededOf(need: Need, people: number): number {
  switch (need.unit) {
    case 'all':
      return people;
    case 'first':
      return 0;
    case 'count':
    case 'percent':
      return minUpOf(need, people);
  }
}
