import type { SyncState } from '../data/sync-api.ts';

/**
 * How the work stands with the network, as one of few states that the title bar, the status bar and the sync centre
 * tell in the same words:
 * - on-device: no endpoint is set up, and none is missed
 * - paused: by the person
 * - away: no network, or nobody answers; goes on by itself, nothing to do
 * - stuck: goes on only when somebody does something
 * - working: a long exchange is under way
 * - waiting: changes that will go out with the next exchange
 * - current: everything is exchanged
 */
export type SyncStanding = 'on-device' | 'paused' | 'away' | 'stuck' | 'working' | 'waiting' | 'current';

/** Problems that pass by themselves. */
const passing: ReadonlySet<string> = new Set(['offline', 'unreachable', 'timeout']);
/** Codes of an endpoint that has trouble itself, or asks for patience. */
const passingCodes: ReadonlySet<string> = new Set(['busy', 'internal', 'too-many-requests']);

/** `isOnline` is what Chromium says of the network; the worker may hear of it a moment later. */
export function standingOf(state: SyncState, isOnline: boolean): SyncStanding {
  const { link, problem, progress } = state;
  if (link === null) return 'on-device';
  if (state.paused) return 'paused';
  if (problem !== null) return isPassing(problem) ? 'away' : 'stuck';
  if (!isOnline) return 'away';
  if (progress !== null) return 'working';
  return state.waiting > 0 ? 'waiting' : 'current';
}

export function isPassing({ kind, code }: NonNullable<SyncState['problem']>): boolean {
  return passing.has(kind) || (kind === 'problem' && code !== null && passingCodes.has(code));
}
