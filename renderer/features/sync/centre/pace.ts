/** How far an exchange was at a moment (ms). */
export interface Reached {
  readonly direction: 'push' | 'pull';
  readonly done: number;
  readonly total: number;
  readonly at: number;
}

export interface Pace {
  readonly start: Reached;
  readonly reached: Reached;
  readonly perSecond: number;
  /** Null while nobody can tell. */
  readonly secondsLeft: number | null;
}

/** Shorter than this (ms) says nothing about the rest. */
const tellsAfterMs = 1_500;

/** The pace since the exchange began. One that turned, or began anew, is another one. */
export function paceOf(before: Pace | null, reached: Reached): Pace {
  const goesOn = before !== null && before.start.direction === reached.direction && reached.done >= before.start.done;
  const start = goesOn ? before.start : reached;
  const ms = reached.at - start.at;
  if (ms < tellsAfterMs) return { start, reached, perSecond: 0, secondsLeft: null };
  const perSecond = ((reached.done - start.done) * 1_000) / ms;
  return { start, reached, perSecond, secondsLeft: perSecond > 0 ? (reached.total - reached.done) / perSecond : null };
}
