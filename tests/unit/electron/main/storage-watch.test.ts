import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { StorageState } from '../../../../shared/desktop-api.ts';
import type { DiskSpace } from '../../../../electron/main/journal/file-system.ts';
import { startStorageLooks } from '../../../../electron/main/storage-looks.ts';
import { chooseStorageLimits, createStorageWatch } from '../../../../electron/main/storage-watch.ts';

const totalBytes = 500e9;

function watchDisk(start: number) {
  const told: StorageState[] = [];
  const disk = { free: start, looks: 0, now: 0 };
  const watch = createStorageWatch({
    now: () => disk.now,
    space: async () => {
      disk.looks += 1;
      return { freeBytes: disk.free, totalBytes };
    },
    chooseLimits: chooseStorageLimits,
    changed: (state) => told.push(state),
  });
  return { disk, told, watch };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.each([
  [1_000_000_000, 'ok'],
  [999_999_999, 'low'],
  [200_000_000, 'low'],
  [199_999_999, 'full'],
])('%i free bytes are %s', async (free, level) => {
  const { watch, told } = watchDisk(free);
  expect(await watch.check()).toEqual({ freeBytes: free, level });
  expect(told).toEqual([{ freeBytes: free, level }]);
});

test.each([
  ['5 GB and more: what is said of any disk', 5e9, { low: 1e9, full: 200e6 }],
  ['2 GB: a share', 2e9, { low: 400e6, full: 100e6 }],
  ['400 MB: what the last writes may need', 400e6, { low: 128e6, full: 64e6 }],
])('limits on a disk of %s', (_, total, limits) => {
  expect(chooseStorageLimits(total)).toEqual(limits);
});

test('only a change of level is told', async () => {
  const { disk, watch, told } = watchDisk(5e9);
  for (const free of [5e9, 4e9, 9e8, 8e8, 1e8, 5e9]) {
    disk.free = free;
    await watch.check();
  }
  expect(told.map((state) => state.level)).toEqual(['ok', 'low', 'full', 'ok']);
});

test('a failed write makes it full at once, a look that finds space ends it', async () => {
  const { watch, told } = watchDisk(5e9);
  await watch.check();
  watch.noteWriteFailed();
  expect(watch.last()).toEqual({ freeBytes: 5e9, level: 'full' });
  await watch.check();
  expect(told.map((state) => state.level)).toEqual(['ok', 'full', 'ok']);
});

test('a write that fails during a look is not overlooked', async () => {
  let finish = (_space: DiskSpace): void => undefined;
  const watch = createStorageWatch({
    now: () => 0,
    space: () => new Promise((resolve) => (finish = resolve)),
    chooseLimits: chooseStorageLimits,
    changed: () => undefined,
  });
  const looking = watch.check();
  watch.noteWriteFailed();
  finish({ freeBytes: 5e9, totalBytes });
  expect(await looking).toMatchObject({ level: 'full' });
});

test('a write looks at the disk, many writes at once look once', async () => {
  const { disk, watch } = watchDisk(5e9);
  for (const now of [0, 10, 49, 50, 60, 200]) {
    disk.now = now;
    await watch.checkSoon();
  }
  expect(disk.looks).toBe(3);
});

test('it looks every second, also after a look that failed, until stopped', async () => {
  const { disk, watch } = watchDisk(5e9);
  const failures: unknown[] = [];
  const check = watch.check;
  const stop = startStorageLooks(
    {
      ...watch,
      check: async () => {
        const state = await check();
        if (disk.looks === 2) throw new Error('no answer');
        return state;
      },
    },
    (error) => failures.push(error),
  );
  await vi.advanceTimersByTimeAsync(3_500);
  expect(disk.looks).toBe(3);
  expect(failures).toHaveLength(1);
  stop();
  await vi.advanceTimersByTimeAsync(3_500);
  expect(disk.looks).toBe(3);
});
