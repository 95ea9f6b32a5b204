import type { StorageLevel, StorageState } from '../../shared/desktop-api.ts';
import type { DiskSpace } from './journal/file-system.ts';

export interface StorageLimits {
  /** Free space (bytes) below which to warn. */
  readonly low: number;
  /** Free space (bytes) below which nothing new is accepted. */
  readonly full: number;
}

const MB = 1_000_000;

/**
 * 1 GB and 200 MB on any disk of 5 GB and more. On a smaller one a share of it, or it would be full from the start; but
 * never less than what the last writes may need: both reserves (20 MB), a flush of the database, a snapshot.
 */
export function chooseStorageLimits(totalBytes: number): StorageLimits {
  return {
    low: Math.min(1_000 * MB, Math.max(128 * MB, totalBytes / 5)),
    full: Math.min(200 * MB, Math.max(64 * MB, totalBytes / 20)),
  };
}

export interface StorageWatch {
  /** Looks at the disk now. */
  readonly check: () => Promise<StorageState>;
  /** Looks unless the last look has only just been: with every write, so that the database never meets a full disk. */
  readonly checkSoon: () => Promise<void>;
  /** To be called when a write failed for want of space: the level is `full` until a look finds enough. */
  readonly noteWriteFailed: () => void;
  /** Last known state; null before the first look. */
  readonly last: () => StorageState | null;
}

/** For so long (ms) a look is taken for still true. */
const stillTrueMs = 50;

export interface StorageWatchSetting {
  /** Monotonic, in ms. */
  readonly now: () => number;
  readonly space: () => Promise<DiskSpace>;
  readonly chooseLimits: (totalBytes: number) => StorageLimits;
  /** Hears every change of the level, and the first look. */
  readonly changed: (state: StorageState) => void;
  /** Hears every look. */
  readonly looked?: (state: StorageState) => void;
}

/** Watches the space on the disk that holds the profile. */
export function createStorageWatch({ now, space, chooseLimits, changed, looked }: StorageWatchSetting): StorageWatch {
  let last: StorageState | null = null;
  let failures = 0;
  let lastLook = Number.NEGATIVE_INFINITY;

  function settle(state: StorageState): StorageState {
    const before = last;
    last = state;
    if (before?.level !== state.level) changed(state);
    return state;
  }

  async function check(): Promise<StorageState> {
    lastLook = now();
    const seen = failures;
    const { freeBytes, totalBytes } = await space();
    const level = seen === failures ? chooseLevel(freeBytes, chooseLimits(totalBytes)) : 'full';
    const state = settle({ freeBytes, level });
    looked?.(state);
    return state;
  }

  return {
    check,
    checkSoon: async () => {
      if (now() - lastLook >= stillTrueMs) await check();
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
