import type { Body } from './body.ts';

/** Bodies in memory: the newest version of every body not yet durable (pinned), and the last few read. */
export class BodyCache {
  readonly #limit: number;
  readonly #bodies = new Map<string, Body>();
  /** How many writes of a body are under way; a pinned body is never dropped. */
  readonly #pins = new Map<string, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get(id: string): Body | undefined {
    const body = this.#bodies.get(id);
    if (body) {
      this.#bodies.delete(id);
      this.#bodies.set(id, body);
    }
    return body;
  }

  put(body: Body): void {
    this.#bodies.delete(body.id);
    this.#bodies.set(body.id, body);
    if (this.#bodies.size > this.#limit * 2) this.#trim();
  }

  pin(id: string): void {
    this.#pins.set(id, (this.#pins.get(id) ?? 0) + 1);
  }

  unpin(id: string): void {
    const pins = this.#pins.get(id) ?? 0;
    if (pins <= 1) this.#pins.delete(id);
    else this.#pins.set(id, pins - 1);
  }

  #trim(): void {
    for (const id of this.#bodies.keys()) {
      if (this.#bodies.size <= this.#limit) return;
      if (!this.#pins.has(id)) this.#bodies.delete(id);
    }
  }
}
