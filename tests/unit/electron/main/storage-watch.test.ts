import { expect, test } from 'vitest';
import type { StorageState } from '../../../../shared/desktop-api.ts';
import { chooseCheckDelay, createStorageWatch, defaultStorageLimits } from '../../../../electron/main/storage-watch.ts';

function watchDisk(start: number) {
  const told: StorageState[] = [];
  const disk = { free: start };
  const watch = createStorageWatch(
    async () => disk.free,
    defaultStorageLimits,
    (state) => told.push(state),
  );
  return { disk, told, watch };
}

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
  let finish = (_free: number): void => undefined;
  const watch = createStorageWatch(
    () => new Promise((resolve) => (finish = resolve)),
    defaultStorageLimits,
    () => undefined,
  );
  const looking = watch.check();
  watch.noteWriteFailed();
  finish(5e9);
  expect(await looking).toMatchObject({ level: 'full' });
});

test('it looks again soon while space is short', () => {
  expect(chooseCheckDelay('ok')).toBe(30_000);
  expect(chooseCheckDelay('low')).toBeLessThanOrEqual(2_000);
  expect(chooseCheckDelay('full')).toBeLessThanOrEqual(2_000);
});
