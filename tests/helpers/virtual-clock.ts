import type { EngineClock } from '../../renderer/sync/sync-engine.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until a test moves it. Timers fire in order, each at its time. */
export class VirtualClock implements EngineClock {
  /** Wall time in ms. */
  time = 1_760_000_000_000;
  /** What chance says next. */
  luck = 0.5;
  #timers: Timer[] = [];

  readonly now = (): number => this.time;
  readonly chance = (): number => this.luck;
  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.time + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** How long (ms) until the next timer; null when there is none. */
  get nextIn(): number | null {
    const at = Math.min(...this.#timers.map((timer) => timer.at));
    return Number.isFinite(at) ? Math.max(0, at - this.time) : null;
  }

  /** Lets time pass; `settle` is awaited after each timer that fired. */
  async pass(ms: number, settle: () => Promise<void>): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const next = this.#timers.toSorted((left, right) => left.at - right.at)[0];
      if (next === undefined || next.at > end) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
      await settle();
    }
    this.time = end;
  }
}
