import type { Endpoint } from '../endpoint.ts';

type Listener = (head: number, epoch: string) => void;
/** Other endpoints on the same database are noticed within this time. */
const lookEveryMs = 1_000;

/** Tells event streams that the log grew: at once for what comes in here, by looking for the rest. */
export class Watch {
  readonly #endpoint: Endpoint;
  readonly #listeners = new Set<Listener>();
  #known = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => void this.#look(), lookEveryMs).unref();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.stop();
    };
  }

  tell(head: number, epoch: string): void {
    if (this.#known === `${epoch} ${head}`) return;
    this.#known = `${epoch} ${head}`;
    for (const listener of this.#listeners) listener(head, epoch);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    try {
      const { head, epoch } = await this.#endpoint.store.read(async (store) => await store.space());
      this.tell(head, epoch);
    } catch {
      // The store is away for now: requests say so, and the next look finds it again.
    }
  }
}
