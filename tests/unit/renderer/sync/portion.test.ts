import { expect, it } from 'vitest';
import { adaptPortion } from '../../../../renderer/sync/portion.ts';

it('a portion shrinks to its least while it takes long, and grows back to its most', () => {
  let portion = { count: 500, least: 10, most: 500 };
  const seen: number[] = [];
  for (const ms of [1_000, null, 25_000, 10_000, null, null, null, null, null, 100, 100, 100, 100, 100, 100, 100]) {
    portion = adaptPortion(portion, ms);
    seen.push(portion.count);
  }
  expect(seen).toEqual([500, 250, 125, 125, 62, 31, 15, 10, 10, 20, 40, 80, 160, 320, 500, 500]);
});
