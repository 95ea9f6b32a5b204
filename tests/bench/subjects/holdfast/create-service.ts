import { DataService } from '../../../../renderer/data/data-service.ts';
import type { DesktopPort } from '../../../../renderer/data/desktop-port.ts';
import type { Environment } from '../../../../renderer/data/engine/space.ts';
import { makeUuid7 } from '../../../../shared/sync/uuid7.ts';

export const environment: Environment = {
  now: () => Date.now(),
  newId: () => makeUuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
};

/** The data service as the worker composes it, but idle work never runs by itself: nobody is measured beside it. */
export function createService(port: DesktopPort): DataService {
  return new DataService({
    indexedDb: indexedDB,
    port,
    environment,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    // In the same task: the screen hears of a change before the disks do.
    schedule: (run) => {
      queueMicrotask(run);
    },
    whenIdle: () => undefined,
    alarm: () => undefined,
    end: () => undefined,
  });
}
