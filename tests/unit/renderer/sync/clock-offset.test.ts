import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureOffset, type ClockOffset } from '../../../../renderer/sync/clock-offset.ts';

describe('the offset of the clock', () => {
  it('is wrong by half the round trip at most, and does not move while what it says may be true', () => {
    const trips = fc.array(fc.record({ there: fc.nat(5_000), back: fc.nat(5_000), rest: fc.nat(100_000) }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), trips, (ahead, story) => {
        let now = 1_760_000_000_000;
        let offset: ClockOffset | null = null;
        for (const { there, back, rest } of story) {
          const askedAt = now;
          const theirs = now + there + ahead;
          now += there + back;
          const before: ClockOffset | null = offset;
          offset = measureOffset(before, askedAt, now, theirs);
          expect(Math.abs((offset?.offsetMs ?? Number.NaN) - ahead)).toBeLessThanOrEqual(
            (offset?.roundTripMs ?? 0) / 2 + 1,
          );
          if (before !== null && there + back > before.roundTripMs) expect(offset).toBe(before);
          now += rest;
        }
      }),
    );
  });

  it('follows a clock that was set', () => {
    const first = measureOffset(null, 1_000, 1_010, 1_005);
    expect(first).toEqual({ offsetMs: 0, roundTripMs: 10 });
    expect(measureOffset(first, 90_000, 90_400, 1_200)).toEqual({ offsetMs: -89_000, roundTripMs: 400 });
    // Set back while the question was on its way: that says nothing.
    expect(measureOffset(first, 90_000, 80_000, 1_200)).toBe(first);
  });
});
