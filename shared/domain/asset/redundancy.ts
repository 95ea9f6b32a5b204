import { readRelationType, usualMinUp, type RelationType } from './relation-types.ts';

/** How many neighbours of one relation must be up: a count, or a share of all of them. */
export type MinUp =
  { readonly unit: 'count'; readonly count: number } | { readonly unit: 'percent'; readonly percent: number };

/** Reads `2` or `50%`; null when it is neither. At least one, at most all: what needs nobody has no relation. */
export function readMinUp(text: string): MinUp | null {
  const read = /^(\d{1,5})(%?)$/.exec(text.trim());
  const amount = Number(read?.[1] ?? 0);
  if (!read || amount < 1) return null;
  if (read[2] !== '%') return { unit: 'count', count: amount };
  return amount > 100 ? null : { unit: 'percent', percent: amount };
}

/** A share of a few means whole ones, rounded up: half of three are two. */
export function minUpOf(minUp: MinUp, neighbours: number): number {
  return minUp.unit === 'count' ? minUp.count : Math.ceil((neighbours * minUp.percent) / 100);
}

/** How many may fail before it is felt: `max(0, N - minUp)` (2.7, step 3). */
export function thresholdOf(minUp: MinUp, neighbours: number): number {
  return Math.max(0, neighbours - minUpOf(minUp, neighbours));
}

/** What a configuration item says of its redundancy: `powers=1 hosted-on=50%`. Null when it cannot be read. */
export function readRedundancy(text: string): ReadonlyMap<RelationType, MinUp | 'all'> | null {
  const read = new Map<RelationType, MinUp | 'all'>();
  for (const part of text.split(/\s+/).filter((each) => each !== '')) {
    const [name, amount = ''] = part.split('=', 2);
    const type = readRelationType(name);
    const minUp = amount === 'all' ? 'all' : readMinUp(amount);
    if (type === undefined || minUp === null) return null;
    read.set(type, minUp);
  }
  return read;
}

/** The same text with one relation changed; null takes what is usual. */
export function writeRedundancy(text: string, type: RelationType, amount: string | null): string | null {
  const others = text.split(/\s+/).filter((part) => part !== '' && part.split('=', 1)[0] !== type);
  const parts = amount === null ? others : [...others, `${type}=${amount}`];
  return parts.length === 0 ? null : parts.toSorted().join(' ');
}

/** What holds for one relation of a configuration item: its own word, else what is usual; null when all must be up. */
export function redundancyOf(text: string, type: RelationType): MinUp | null {
  const own = readRedundancy(text)?.get(type);
  if (own === 'all') return null;
  const usual = usualMinUp(type);
  return own ?? (usual === null ? null : readMinUp(usual));
}
