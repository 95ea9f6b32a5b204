import type { StorageLevel, StorageState } from '../../shared/desktop-api.ts';

export interface StorageLimits {
  /** Free space (bytes) below which to warn. */
  readonly low: number;
  /** Free space (bytes) below which nothing new is accepted. */
  readonly full: number;
}

export const defaultStorageLimits: StorageLimits = { low: 1_000_000_000, full: 200_000_000 };

/** How long until the next look: soon while space is short, so that work resumes when it returns. */
export function chooseCheckDelay(level: StorageLevel): number {
  return level === 'ok' ? 30_000 : 2_000;
}

export interface StorageWatch {
  /** Looks at the disk now. */
  readonly check: () => Promise<StorageState>;
  /** To be called when a write failed for want of space: the level is `full` until a look finds enough. */
  readonly noteWriteFailed: () => void;
  /** Last known state; null before the first look. */
  readonly last: () => StorageState | null;
}

/**
 * Watches the space on the disk that holds the profile.
 * @param changed hears every change of the level, and the first look
 */
export function createStorageWatch(
  freeBytes: () => Promise<number>,
  limits: StorageLimits,
  changed: (state: StorageState) => void,
): StorageWatch {
  let last: StorageState | null = null;
  let failures = 0;

  function settle(state: StorageState): StorageState {
    const before = last;
    last = state;
    if (before?.level !== state.level) changed(state);
    return state;
  }

  return {
    check: async () => {
      const seen = failures;
      const free = await freeBytes();
      const level = seen === failures ? chooseLevel(free, limits) : 'full';
      return settle({ freeBytes: free, level });
    },
    noteWriteFailed: () => {
      failures += 1;
      settle({ freeBytes: last?.freeBytes ?? 0, level: 'full' });
    },
    last: () => last,
  };
}

function chooseLevel(freeBytes: number, limits: StorageLimits): StorageLevel {
  if (freeBytes < limits.full) return 'full';
  return freeBytes < limits.low ? 'low' : 'ok';
}
