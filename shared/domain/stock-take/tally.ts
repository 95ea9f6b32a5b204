/** One entry of a count as lists show it. */
export interface CountedThing {
  readonly id: string;
  /** Null for a text that no asset has. */
  readonly asset: string | null;
}

export interface Tally<Counted extends CountedThing> {
  /** Booked at the site and found there. */
  readonly found: readonly Counted[];
  /** Found there, booked elsewhere. */
  readonly misplaced: readonly Counted[];
  readonly unknown: readonly Counted[];
  /** Booked at the site and not found yet: ids of assets. */
  readonly missing: readonly string[];
}

/** How a count stands against what the books say is at the site. */
export function tallyOf<Counted extends CountedThing>(
  booked: readonly string[],
  counted: readonly Counted[],
): Tally<Counted> {
  const expected = new Set(booked);
  const seen = new Set(counted.map(({ asset }) => asset));
  return {
    found: counted.filter(({ asset }) => asset !== null && expected.has(asset)),
    misplaced: counted.filter(({ asset }) => asset !== null && !expected.has(asset)),
    unknown: counted.filter(({ asset }) => asset === null),
    missing: booked.filter((id) => !seen.has(id)),
  };
}
