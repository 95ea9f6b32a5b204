import type { Space } from './engine/space.ts';
import { keepSentinel } from './recovery/keep-sentinel.ts';
import type { SentinelKeeper } from './recovery/keep-sentinel.ts';
import type { ServiceHealth } from './service-health.ts';
import { DamagedDatabase, isDamage } from './storage/damaged-database.ts';

interface JudgeWorld {
  readonly health: ServiceHealth;
  readonly keeper: () => SentinelKeeper;
  readonly log: (error: unknown, where: string) => void;
  /** Ends the worker: pages that load again start another. */
  readonly end: () => void;
}

/** When a database in use can no longer be worked with, and how the worker ends then. */
export class DamageJudge {
  readonly #world: JudgeWorld;
  #isSuspect = false;

  constructor(world: JudgeWorld) {
    this.#world = world;
  }

  /**
   * Damage that shows while the database is in use: the next start rebuilds it, and that is now. Everything acknowledged
   * is in the journal, too; drafts are with the shell.
   */
  async judge(space: Space | null, error: unknown): Promise<void> {
    const { health, keeper, log, end } = this.#world;
    if (!space || this.#isSuspect || !isDamage(error)) return;
    this.#isSuspect = true;
    if (!(error instanceof DamagedDatabase) && (await health.isShortOfSpace())) {
      this.#isSuspect = false;
      return;
    }
    try {
      await keepSentinel(space, keeper(), String(error));
    } catch (failure) {
      // The next start finds the damage by itself, or the next read does.
      log(failure, 'note of damage');
    }
    health.change({ phase: 'failed', reason: 'data.damaged' });
    end();
  }

  /**
   * Chromium does not open the database again, nor any other, until nobody uses it: this worker ends and the page is
   * loaded again. What waits to be written is in the journal by then.
   */
  async endStuck(space: Space): Promise<void> {
    const { health, log, end } = this.#world;
    log('the database does not answer any more: the page is loaded again', 'reopen');
    await space.queue.secure();
    health.change({ phase: 'failed', reason: 'storage.stuck' });
    end();
  }
}
