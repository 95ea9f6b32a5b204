import type { Database } from './database.ts';

/** After the disk was full Chromium takes a moment to close; opened before that, it never answers again (Electron 33). */
const settleMs = 1_000;

/** An opening that takes longer than this (ms) will never end. */
const longestOpeningMs = 8_000;

export interface ReopeningWorld {
  /** Whether LevelDB, which writes megabytes to open, has room for it. */
  readonly hasRoom: () => Promise<boolean>;
  readonly wait: (ms: number) => Promise<void>;
  /** Told when the database does not answer any more: only a page that is loaded again gets one that does. */
  readonly stuck: () => void;
}

/** Opens a database again that Chromium has closed, which it does when the disk is full. Never deletes anything. */
export class Reopening {
  readonly #world: ReopeningWorld;
  #underWay: Promise<void> | null = null;

  constructor(world: ReopeningWorld) {
    this.#world = world;
  }

  /** Resolves when it is open; rejects when there is no room for that, or no answer. All who ask share one attempt. */
  open(database: Database): Promise<void> {
    this.#underWay ??= this.#open(database).finally(() => {
      this.#underWay = null;
    });
    return this.#underWay;
  }

  async #open(database: Database): Promise<void> {
    const { hasRoom, wait, stuck } = this.#world;
    await wait(settleMs);
    if (!(await hasRoom())) throw new Error('the database was closed, and there is no room on the disk to open it');
    // The event that it is closed may be lost with what it was lost for.
    database.close({ disableAutoOpen: false });
    const opened = await Promise.race([database.open().then(() => true), wait(longestOpeningMs).then(() => false)]);
    if (opened) return;
    stuck();
    throw new Error('the database was closed, and opening it gets no answer');
  }
}
