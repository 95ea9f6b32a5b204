import { parseDot, type Dot } from './operation.ts';
import type { VersionVector } from './record-state.ts';

/**
 * Which operations a replica holds: per device the highest sequence number up to which there is no gap.
 * Invariant: it only grows, by one operation of one device at a time or by joining another vector.
 */

/** Highest sequence number held of a device, 0 when none. */
export function seqOf(vector: VersionVector, device: string): number {
  return Object.hasOwn(vector, device) ? (vector[device] ?? 0) : 0;
}

export function covers(vector: VersionVector, dot: Dot): boolean {
  const { device, seq } = parseDot(dot);
  return seq <= seqOf(vector, device);
}

/** True when `left` holds everything `right` holds. */
export function includes(left: VersionVector, right: VersionVector): boolean {
  return Object.entries(right).every(([device, seq]) => seqOf(left, device) >= seq);
}

/** With one more operation of a device. Throws when it would leave a gap: callers ask `admit` first. */
export function advance(vector: VersionVector, device: string, seq: number): VersionVector {
  const held = seqOf(vector, device);
  if (seq !== held + 1)
    throw new Error(`version vector holds ${device}:${held}; the next must be ${held + 1}, not ${seq}`);
  return { ...vector, [device]: seq };
}

/** The least vector that holds what either holds. */
export function joinVersionVectors(left: VersionVector, right: VersionVector): VersionVector {
  const joined: Record<string, number> = { ...left };
  for (const [device, seq] of Object.entries(right)) joined[device] = Math.max(seq, seqOf(left, device));
  return joined;
}

/** What `left` holds and `right` lacks, per device: the half-open range of sequence numbers above `after`. */
export function difference(
  left: VersionVector,
  right: VersionVector,
): readonly { readonly device: string; readonly after: number; readonly upTo: number }[] {
  return Object.entries(left)
    .map(([device, upTo]) => ({ device, after: seqOf(right, device), upTo }))
    .filter(({ after, upTo }) => upTo > after);
}
