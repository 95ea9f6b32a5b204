import type { QueueHealth } from './engine/commit-queue.ts';
import type { ServiceHealth } from './service-health.ts';

/** So many times (over 3 s) a write is tried while the space is opened, before a full disk ends the opening. */
const triesWhileOpening = 4;

export interface Opening {
  readonly queue: QueueHealth;
  /** Rejects when the disk is full and stays so: what opening must write would be waited for without end. */
  readonly gaveUp: Promise<never>;
  /** The space was not opened: its queue stops trying. */
  readonly giveUp: () => void;
}

/** One attempt to open the space, and what its queue reports from then on. */
export function beginOpening(
  health: ServiceHealth,
  readFailed: QueueHealth['readFailed'],
  log: (message: string) => void,
): Opening {
  health.change({ phase: 'opening', reason: null, writeFailed: false });
  let isGivenUp = false;
  let end = (_error: Error): void => undefined;
  const gaveUp = new Promise<never>((_, reject) => {
    end = reject;
  });
  // Mostly nobody waits for it any more.
  gaveUp.catch(() => undefined);

  async function checkRoom(detail: string, attempt: number): Promise<void> {
    const level = await health.lookAtStorage();
    if (health.current.phase === 'opening' && level === 'full' && attempt >= triesWhileOpening)
      end(new Error(`there is no room for what opening must write: ${detail}`));
  }

  const queue: QueueHealth = {
    failed: (detail, attempt) => {
      // Once, not at every attempt: the log is on the same disk.
      if (!health.current.writeFailed) log(detail);
      health.change({ writeFailed: true });
      void checkRoom(detail, attempt);
    },
    recovered: () => {
      health.change({ writeFailed: false });
    },
    isGivenUp: () => isGivenUp,
    readFailed,
  };
  return {
    queue,
    gaveUp,
    giveUp: () => {
      isGivenUp = true;
    },
  };
}
