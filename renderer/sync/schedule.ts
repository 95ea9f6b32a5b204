/**
 * When to exchange: a pure state machine. It hears of everything that may call for an exchange and says when the next
 * one is due; clock and chance are handed in, timers and the exchange itself belong to the engine. Times in ms.
 */
export interface Schedule {
  /** An endpoint is set up. */
  readonly linked: boolean;
  readonly paused: boolean;
  /** Only a person can go on from here: a new code, another address. */
  readonly halted: boolean;
  readonly running: boolean;
  /** Something came while an exchange ran: go on at once. */
  readonly again: boolean;
  readonly failures: number;
  /** When the next exchange begins; null when none is planned. */
  readonly dueAt: number | null;
  /** The endpoint asked to be left alone until then. */
  readonly notBefore: number;
  readonly startedAt: number;
  /** The stream of heads is open: there is no need to ask for news. */
  readonly streamOpen: boolean;
}

export type Happening =
  | { readonly type: 'linked' }
  | { readonly type: 'forgotten' }
  | { readonly type: 'paused'; readonly paused: boolean }
  /** The person asked for it. */
  | { readonly type: 'asked' }
  | { readonly type: 'local-change' }
  /** The endpoint has something that is not here. */
  | { readonly type: 'news' }
  | { readonly type: 'stream'; readonly open: boolean }
  /** The network came back, or the machine woke. */
  | { readonly type: 'reachable' }
  /** The time that was planned has come. */
  | { readonly type: 'due' }
  | { readonly type: 'done' }
  | {
      readonly type: 'failed';
      readonly after: 'soon' | 'later' | 'never';
      readonly retryAfterMs: number | null;
      /** It moved something before it failed: the line works, if badly. */
      readonly moved: boolean;
    }
  | { readonly type: 'cancelled' };

export const unlinkedSchedule: Schedule = {
  linked: false,
  paused: false,
  halted: false,
  running: false,
  again: false,
  failures: 0,
  dueAt: null,
  notBefore: 0,
  startedAt: 0,
  streamOpen: false,
};

/** Keys typed one after the other go in one push. */
const gatherMs = 250;
/** Everybody hears of a head at once: they do not ask at once. */
const spreadNewsMs = 100;
const spreadReachableMs = 1_000;
/** While the endpoint does not answer, saving something tries again, but not at every save. */
const restWhileFailingMs = 5_000;
const pollMs = 30_000;
const pollBesideStreamMs = 300_000;
const firstBackOffMs = 1_000;
const longestBackOffMs = 300_000;
const laterMs = 3_600_000;

/** @param chance from 0 up to 1 */
export function step(state: Schedule, happening: Happening, now: number, chance: number): Schedule {
  switch (happening.type) {
    case 'linked':
      return { ...unlinkedSchedule, paused: state.paused, running: state.running, linked: true, dueAt: now };
    case 'forgotten':
      return { ...unlinkedSchedule, paused: state.paused, running: state.running };
    case 'paused':
      return { ...state, paused: happening.paused, dueAt: happening.paused ? null : now };
    case 'asked':
      return state.running
        ? { ...state, again: true }
        : { ...state, halted: false, failures: 0, notBefore: 0, dueAt: now };
    case 'local-change': {
      if (state.running) return { ...state, again: true };
      return hurry(state, Math.max(now + gatherMs, state.failures > 0 ? state.startedAt + restWhileFailingMs : 0));
    }
    case 'news':
      return state.running ? { ...state, again: true } : hurry(state, now + chance * spreadNewsMs);
    case 'stream': {
      const opened = { ...state, streamOpen: happening.open };
      if (!happening.open) return hurry(opened, now + jittered(pollMs, chance));
      // It answers again.
      return state.failures > 0 && !state.running ? hurry(opened, now + chance * spreadReachableMs) : opened;
    }
    case 'reachable':
      return state.running ? state : hurry({ ...state, failures: 0 }, now + chance * spreadReachableMs);
    case 'due':
      return mayRun(state) ? { ...state, running: true, again: false, dueAt: null, startedAt: now } : state;
    case 'done': {
      const rest = jittered(state.streamOpen ? pollBesideStreamMs : pollMs, chance);
      const dueAt = state.again ? now : now + rest;
      return { ...state, running: false, failures: 0, notBefore: 0, dueAt };
    }
    case 'failed':
      return afterFailure(state, happening, now, chance);
    case 'cancelled':
      return { ...state, running: false, dueAt: now };
  }
}

function afterFailure(
  state: Schedule,
  { after, retryAfterMs, moved }: Extract<Happening, { readonly type: 'failed' }>,
  now: number,
  chance: number,
): Schedule {
  const failures = moved ? 1 : state.failures + 1;
  if (after === 'never') return { ...state, running: false, failures, halted: true, dueAt: null };
  const backOffMs = Math.min(longestBackOffMs, firstBackOffMs * 2 ** (failures - 1));
  const rest = jittered(after === 'later' ? laterMs : backOffMs, chance);
  const notBefore = now + (after === 'later' ? rest : (retryAfterMs ?? 0));
  return { ...state, running: false, failures, notBefore, dueAt: Math.max(now + rest, notBefore) };
}

/** Half of it for certain, the rest by chance: desks that lost the endpoint together come back one by one. */
function jittered(ms: number, chance: number): number {
  return ms * (0.5 + chance / 2);
}

/** Sooner than planned, as far as the endpoint lets us. */
function hurry(state: Schedule, at: number): Schedule {
  const soonest = Math.max(at, state.notBefore);
  return { ...state, dueAt: state.dueAt === null ? soonest : Math.min(state.dueAt, soonest) };
}

export function mayRun({ linked, paused, halted, running }: Schedule): boolean {
  return linked && !paused && !halted && !running;
}

/** When the engine must call again with `due`; null when nothing is to be waited for. */
export function wakeAt(state: Schedule): number | null {
  return mayRun(state) ? state.dueAt : null;
}

export function wantsStream({ linked, paused, halted }: Schedule): boolean {
  return linked && !paused && !halted;
}
