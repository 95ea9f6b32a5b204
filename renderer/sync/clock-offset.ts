/** A measurement of how far the endpoint's clock is ahead of ours (ms), wrong by half its round trip at most. */
export interface ClockOffset {
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/**
 * Cristian's method: the endpoint read its clock about in the middle of the round trip. A new measurement replaces the
 * one before unless both may be true and the one before was the finer one, so that operations do not jitter.
 * @param askedAt our wall time before the question, `heardAt` after the answer, `theirs` what the endpoint read (ms)
 */
export function measureOffset(
  before: ClockOffset | null,
  askedAt: number,
  heardAt: number,
  theirs: number,
): ClockOffset | null {
  const roundTripMs = heardAt - askedAt;
  // Our own clock was set in between.
  if (roundTripMs < 0) return before;
  const measured = { offsetMs: Math.round(theirs - (askedAt + heardAt) / 2), roundTripMs };
  if (before === null || roundTripMs <= before.roundTripMs) return measured;
  const apart = Math.abs(measured.offsetMs - before.offsetMs);
  // Both are whole numbers: rounding alone may part them by one.
  return apart <= (roundTripMs + before.roundTripMs) / 2 + 1 ? before : measured;
}
