import type { EngineClock } from './sync-engine.ts';

/** Clock, chance and timers of the worker. */
export const workerClock: EngineClock = {
  now: () => Date.now(),
  chance: () => Math.random(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
