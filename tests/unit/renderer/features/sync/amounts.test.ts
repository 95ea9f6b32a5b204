import { createIntl } from 'react-intl';
import { describe, expect, it } from 'vitest';
import { bytesText, durationText } from '../../../../../renderer/features/sync/centre/amounts.ts';
import { paceOf } from '../../../../../renderer/features/sync/centre/pace.ts';

const intl = createIntl({ locale: 'en' });

describe('amounts', () => {
  it.each([
    [0, '0 byte'],
    [940, '940 byte'],
    [12_345, '12 kB'],
    [3_400_000, '3.4 MB'],
    [250_000_000, '250 MB'],
    [7_000_000_000_000, '7,000 GB'],
  ])('%d bytes are %s', (bytes, words) => {
    expect(bytesText(intl, bytes)).toBe(words);
  });

  it.each([
    [340, '340 ms'],
    [2_400, '2.4 sec'],
    [45_000, '45 sec'],
    [180_000, '3 min'],
  ])('%d ms are %s', (ms, words) => {
    expect(durationText(intl, ms)).toBe(words);
  });
});

describe('the pace of an exchange', () => {
  const at = (done: number, ms: number) => ({ direction: 'pull', done, total: 10_000, at: ms }) as const;

  it('tells nothing at first, then the rate since the beginning and the time left', () => {
    const start = paceOf(null, at(1_000, 0));
    expect(paceOf(start, at(1_200, 500)).secondsLeft).toBeNull();
    const later = paceOf(start, at(3_000, 4_000));
    expect([later.perSecond, later.secondsLeft]).toEqual([500, 14]);
  });

  it('begins anew when the direction turns or the count goes back', () => {
    const start = paceOf(null, at(1_000, 0));
    expect(paceOf(start, { ...at(1_500, 9_000), direction: 'push' }).start.at).toBe(9_000);
    expect(paceOf(start, at(10, 9_000)).start.at).toBe(9_000);
  });
});
