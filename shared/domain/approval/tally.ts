/** How a vote stands. `unstaffed`: fewer people are asked than must approve, so that it can never be decided. */
export type TallyResult = 'approved' | 'rejected' | 'waiting' | 'unstaffed';

export interface Votes {
  /** People asked. */
  readonly people: number;
  /** How many of them must approve; 0 when the first answer decides. */
  readonly needed: number;
  readonly approved: number;
  readonly rejected: number;
}

/**
 * Counts people, never rounded shares (itsm-practices 2.4, D6): approved once enough have approved, rejected once that
 * cannot be reached any more. Where the first answer decides, an approval wins over a rejection nobody saw before it.
 */
export function tally({ people, needed, approved, rejected }: Votes): TallyResult {
  if (people === 0 || needed > people) return 'unstaffed';
  if (needed === 0) return approved > 0 ? 'approved' : rejected > 0 ? 'rejected' : 'waiting';
  if (approved >= needed) return 'approved';
  return rejected > people - needed ? 'rejected' : 'waiting';
}
