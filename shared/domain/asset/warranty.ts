export type WarrantyState = 'none' | 'covered' | 'ending' | 'ended';

const dayMs = 24 * 60 * 60 * 1_000;
/** Time enough to order a replacement. */
export const warrantyNoticeMs = 90 * dayMs;

/** CMDB-5: how a warranty, contract or licence that ends at `end` (ms) stands at `now`. */
export function warrantyState(end: unknown, now: number): WarrantyState {
  if (typeof end !== 'number') return 'none';
  if (end < now) return 'ended';
  return end - now <= warrantyNoticeMs ? 'ending' : 'covered';
}
