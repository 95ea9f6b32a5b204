import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  mayRun,
  step,
  unlinkedSchedule,
  wakeAt,
  wantsStream,
  type Happening,
  type Schedule,
} from '../../../../renderer/sync/schedule.ts';

const start = 1_000_000;
const second = 1_000;
const minute = 60_000;
const hour = 3_600_000;

/** Goes through what happens, each at its time, with chance in the middle. */
function run(happenings: readonly (readonly [at: number, Happening])[], from: Schedule = unlinkedSchedule): Schedule {
  return happenings.reduce((state, [at, happening]) => step(state, happening, start + at, 0.5), from);
}

const linked = run([[0, { type: 'linked' }]]);
const running = run([[0, { type: 'due' }]], linked);
const resting = run([[0, { type: 'done' }]], running);
const failed = (after: 'soon' | 'later' | 'never' = 'soon', retryAfterMs: number | null = null): Happening => ({
  type: 'failed',
  after,
  retryAfterMs,
  moved: false,
});
/** How long (ms after `at`) until the next exchange. */
const wakesIn = (state: Schedule, at = 0): number | null => {
  const wakes = wakeAt(state);
  return wakes === null ? null : wakes - start - at;
};

describe('when the next exchange is due', () => {
  it('is at once when an endpoint is set up, and never without one', () => {
    expect(wakesIn(linked)).toBe(0);
    expect(wakesIn(run([[0, { type: 'local-change' }]]))).toBeNull();
    expect(wakesIn(run([[0, { type: 'forgotten' }]], resting))).toBeNull();
    expect(wantsStream(run([[0, { type: 'forgotten' }]], resting))).toBe(false);
  });

  it('asks every half minute without a stream, and rarely beside one', () => {
    expect(wakesIn(resting)).toBe(22_500);
    const beside = run(
      [
        [0, { type: 'stream', open: true }],
        [0, { type: 'due' }],
        [0, { type: 'done' }],
      ],
      resting,
    );
    expect(wakesIn(beside)).toBe(225_000);
    expect(wakesIn(run([[0, { type: 'stream', open: false }]], beside))).toBe(22_500);
  });

  it('gathers keys typed one after the other', () => {
    const typed = run(
      [
        [0, { type: 'local-change' }],
        [100, { type: 'local-change' }],
      ],
      resting,
    );
    expect(wakesIn(typed)).toBe(250);
  });

  it('goes on at once when something came during an exchange', () => {
    for (const type of ['local-change', 'news', 'asked'] as const)
      expect(
        wakesIn(
          run(
            [
              [0, { type }],
              [700, { type: 'done' }],
            ],
            running,
          ),
          700,
        ),
      ).toBe(0);
  });

  it('follows a head within a moment', () => {
    expect(wakesIn(run([[0, { type: 'news' }]], resting))).toBe(50);
  });
});

describe('after failures', () => {
  it('doubles the rest up to five minutes', () => {
    let state = linked;
    const rests: (number | null)[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      state = run(
        [
          [0, { type: 'due' }],
          [0, failed()],
        ],
        state,
      );
      rests.push(wakesIn(state));
    }
    expect(rests.slice(0, 4)).toEqual([750, 1_500, 3_000, 6_000]);
    expect(rests.at(-1)).toBe(225_000);
    expect(
      wakesIn(
        run(
          [
            [0, { type: 'due' }],
            [0, { type: 'done' }],
          ],
          state,
        ),
      ),
    ).toBe(22_500);
  });

  it('rests only shortly while every exchange gets on', () => {
    let state = linked;
    for (let turn = 0; turn < 12; turn += 1)
      state = run(
        [
          [0, { type: 'due' }],
          [0, { type: 'failed', after: 'soon', retryAfterMs: 20 * second, moved: true }],
        ],
        state,
      );
    expect(wakesIn(state)).toBe(20 * second);
  });

  it('tries again when something is saved, but not at every save', () => {
    const down = run([[0, { type: 'due' }], ...Array.from({ length: 9 }, () => [0, failed()] as const)], linked);
    expect(wakesIn(down)).toBe(192_000);
    expect(wakesIn(run([[second, { type: 'local-change' }]], down))).toBe(5 * second);
    expect(wakesIn(run([[minute, { type: 'local-change' }]], down), minute)).toBe(250);
  });

  it('tries again at once when the network is back, the stream is open again or the person asks', () => {
    const down = run([[0, { type: 'due' }], ...Array.from({ length: 9 }, () => [0, failed()] as const)], linked);
    expect(wakesIn(run([[0, { type: 'reachable' }]], down))).toBe(500);
    expect(wakesIn(run([[0, { type: 'stream', open: true }]], down))).toBe(500);
    expect(wakesIn(run([[0, { type: 'asked' }]], down))).toBe(0);
  });

  it('leaves an endpoint alone for as long as it asks, whatever comes, except a person', () => {
    const busy = run([[0, failed('soon', minute)]], running);
    expect(wakesIn(busy)).toBe(minute);
    for (const type of ['local-change', 'news', 'reachable'] as const)
      expect(wakesIn(run([[second, { type }]], busy))).toBe(minute);
    expect(wakesIn(run([[second, { type: 'asked' }]], busy), second)).toBe(0);
  });

  it('looks for an upgrade now and then', () => {
    const old = run([[0, failed('later')]], running);
    expect(wakesIn(old)).toBe(0.75 * hour);
    expect(wakesIn(run([[second, { type: 'local-change' }]], old))).toBe(0.75 * hour);
    expect(wantsStream(old)).toBe(true);
  });

  it('stops where only a person can go on, and goes on when one does', () => {
    const halted = run([[0, failed('never')]], running);
    for (const type of ['local-change', 'news', 'reachable', 'due'] as const)
      expect(wakesIn(run([[second, { type }]], halted))).toBeNull();
    expect(wantsStream(halted)).toBe(false);
    expect(wakesIn(run([[second, { type: 'asked' }]], halted), second)).toBe(0);
    expect(wakesIn(run([[second, { type: 'linked' }]], halted), second)).toBe(0);
  });
});

describe('a pause', () => {
  const paused = run([[0, { type: 'paused', paused: true }]], resting);
  it('holds whatever comes, and its end is followed at once', () => {
    for (const type of ['local-change', 'news', 'reachable', 'asked', 'due'] as const)
      expect(wakesIn(run([[second, { type }]], paused))).toBeNull();
    expect(wakesIn(run([[second, { type: 'paused', paused: false }]], paused), second)).toBe(0);
    expect(wantsStream(paused)).toBe(false);
  });

  it('survives a new enrolment', () => {
    expect(wakesIn(run([[0, { type: 'linked' }]], paused))).toBeNull();
  });
});

const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  fc.constantFrom<Happening>(
    { type: 'linked' },
    { type: 'asked' },
    { type: 'local-change' },
    { type: 'news' },
    { type: 'reachable' },
    { type: 'due' },
    { type: 'done' },
    { type: 'cancelled' },
  ),
  fc.record({ type: fc.constant('stream' as const), open: fc.boolean() }),
  fc.record({ type: fc.constant('paused' as const), paused: fc.boolean() }),
  fc.record({
    type: fc.constant('failed' as const),
    after: fc.constantFrom('soon' as const, 'later' as const),
    retryAfterMs: fc.option(fc.nat(hour)),
    moved: fc.boolean(),
  }),
);

describe('whatever happens', () => {
  it('an endpoint that is set up, not paused and not halted is tried again within an hour', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(10 * minute), anyHappening, fc.double({ min: 0, max: 0.999, noNaN: true }))),
        (story) => {
          let now = start;
          let state = step(unlinkedSchedule, { type: 'linked' }, now, 0);
          for (const [rest, happening, chance] of story) {
            // Only an exchange that runs can end.
            if (['done', 'failed', 'cancelled'].includes(happening.type) && !state.running) continue;
            now += rest;
            state = step(state, happening, now, chance);
            if (mayRun(state)) {
              const wakes = wakeAt(state);
              expect(wakes).not.toBeNull();
              expect(wakes ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(now + hour);
            }
            expect(state.running && step(state, { type: 'due' }, now, 0).running).toBe(state.running);
          }
        },
      ),
    );
  });
});
