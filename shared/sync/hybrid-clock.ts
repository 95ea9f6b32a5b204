/**
 * Hybrid logical clock (D3). Invariants: `tick` never goes back on a device, whatever its wall clock does; remote times
 * are adopted only up to five minutes ahead of the local wall, so that one wrong clock cannot drag every other.
 * Clocks break ties and are shown; they never decide what is lost, since nothing is.
 */
export type ClockTime = readonly [wallMs: number, counter: number];

export const clockStart: ClockTime = [0, 0];

/** Farthest a remote time may push the local clock ahead of the wall, in ms. */
export const maxAdoptedAheadMs = 5 * 60 * 1000;

/** Time for the next operation: `wall` in ms, or the last time with a higher counter when the wall did not move on. */
export function tick(last: ClockTime, wall: number): ClockTime {
  return wall > last[0] ? [wall, 0] : [last[0], last[1] + 1];
}

/** The local clock after seeing a remote time (ms already corrected by its clock offset). */
export function observe(last: ClockTime, remote: ClockTime, wall: number): ClockTime {
  if (remote[0] > wall + maxAdoptedAheadMs) return later(last, [wall + maxAdoptedAheadMs, 0]);
  return later(last, remote);
}

function later(left: ClockTime, right: ClockTime): ClockTime {
  return right[0] > left[0] || (right[0] === left[0] && right[1] > left[1]) ? right : left;
}
