import type { DesktopPort } from './desktop-port.ts';
import { ReadOnlySpace } from './engine/space.ts';
import { isWritable, openingHealth } from './status.ts';
import type { Health } from './status.ts';

/** For so long (ms) after the disk was full, a read that fails is not taken for damage: it is judged when it fails again. */
const doubtMs = 10_000;

const waitForRoomMs = 250;

/** LevelDB writes its log anew when it is opened: up to 4 MB and some. */
const bytesToOpen = 8_000_000;

interface HealthWorld {
  readonly port: DesktopPort;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** How the data is, as the service, its queue and the shell find out. */
export class ServiceHealth {
  readonly #world: HealthWorld;
  readonly #changed: (resumed: boolean) => void;
  #current: Health = openingHealth;
  /** Wall time (ms) at which nothing could be written last. */
  #shortAt = Number.NEGATIVE_INFINITY;

  /** @param changed told after every change; `resumed` when changes are taken again from now on */
  constructor(world: HealthWorld, changed: (resumed: boolean) => void) {
    this.#world = world;
    this.#changed = changed;
  }

  get current(): Health {
    return this.#current;
  }

  get isWritable(): boolean {
    return isWritable(this.#current);
  }

  change(change: Partial<Health>): void {
    const was = this.isWritable;
    this.#current = { ...this.#current, ...change };
    if (!was || !this.isWritable) this.#shortAt = this.#world.now();
    this.#changed(!was && this.isWritable);
  }

  /** Asks the shell how much room there is, which also has it give up what it holds back for the database. */
  async lookAtStorage(): Promise<Health['storage']> {
    await this.#look();
    return this.#current.storage;
  }

  /** Whether a database that was closed can be opened again. */
  async hasRoomToOpen(): Promise<boolean> {
    return (await this.#look()) >= bytesToOpen;
  }

  /** @returns free space in bytes; when the shell does not know, as much as is needed */
  async #look(): Promise<number> {
    const looked = await this.#world.port.ask('storageState', null);
    if (!looked.ok) return bytesToOpen;
    this.change({ storage: looked.value.level });
    return looked.value.freeBytes;
  }

  /**
   * A full disk closes the database under whoever reads it, in the words of damage. A rebuild would be no help, and need
   * the space that is missing.
   */
  async isShortOfSpace(): Promise<boolean> {
    const level = await this.lookAtStorage();
    return level === 'full' || this.#world.now() - this.#shortAt < doubtMs;
  }

  /** Runs bulk work, as soon as there is room for it: long work goes on by itself. Cancelled, it is refused. */
  async whenRoom<Value>(work: () => Promise<Value>, isCancelled: () => boolean): Promise<Value> {
    for (;;) {
      while (!this.isWritable && !isCancelled()) await this.#world.wait(waitForRoomMs);
      try {
        return await work();
      } catch (error) {
        // The room may have gone again between the look and the work's turn.
        if (!(error instanceof ReadOnlySpace) || isCancelled()) throw error;
      }
    }
  }
}
