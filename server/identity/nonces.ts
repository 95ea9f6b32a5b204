import { randomBytes } from 'node:crypto';

const lifeMs = 2 * 60_000;
const keptAtMost = 10_000;

/** Numbers used once, that a device signs to show that it holds its key: no clock but the endpoint's is trusted. */
export class Nonces {
  readonly #given = new Map<string, number>();

  give(now: number): string {
    for (const [nonce, at] of this.#given) {
      if (now - at < lifeMs && this.#given.size < keptAtMost) break;
      this.#given.delete(nonce);
    }
    const nonce = randomBytes(24).toString('base64url');
    this.#given.set(nonce, now);
    return nonce;
  }

  /** True once for each that was given in the last two minutes. */
  use(nonce: string, now: number): boolean {
    const at = this.#given.get(nonce);
    this.#given.delete(nonce);
    return at !== undefined && now - at < lifeMs;
  }
}
