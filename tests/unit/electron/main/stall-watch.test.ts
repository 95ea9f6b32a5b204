import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchForStall } from '../../../../electron/main/stall-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a page that asks again and again is left alone; one that falls silent is given up once, with its last call', () => {
  const reasons: string[] = [];
  const watch = watchForStall(10_000, (reason) => reasons.push(reason));
  for (let call = 0; call < 5; call += 1) {
    vi.advanceTimersByTime(9_000);
    watch.noteCall('journalAppend');
  }
  expect(reasons).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(reasons).toEqual(['the page has asked for nothing for 10 s; the last it asked for was journalAppend']);
});

test('a page that never asks for anything is given up too', () => {
  const reasons: string[] = [];
  watchForStall(10_000, (reason) => reasons.push(reason));
  vi.advanceTimersByTime(10_000);
  expect(reasons).toEqual(['the page has asked for nothing for 10 s; it never asked for anything']);
});

test('a run that has reported is not given up any more', () => {
  const reasons: string[] = [];
  const watch = watchForStall(10_000, (reason) => reasons.push(reason));
  watch.stop();
  vi.advanceTimersByTime(60_000);
  expect(reasons).toEqual([]);
});
