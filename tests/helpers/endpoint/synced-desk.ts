import type { DesktopEventMessage } from '../../../renderer/data/worker-protocol.ts';
import type { DesktopPort } from '../../../renderer/data/desktop-port.ts';
import type { DataService } from '../../../renderer/data/data-service.ts';
import type { SyncState } from '../../../renderer/data/sync-api.ts';
import { syncedSpace } from '../../../renderer/app/synced-space.ts';
import { SyncService } from '../../../renderer/sync/sync-service.ts';
import type { EngineClock } from '../../../renderer/sync/sync-engine.ts';
import { createMemoryDesktop, type MemoryDesktop } from '../memory-desktop.ts';
import { openService } from '../open-service.ts';
import { openTestTransport, type TestTransport, type TransportOptions } from './test-transport.ts';

/** A whole desk without its screen: the data service, the engine of the exchange and main's way to the endpoint. */
export interface SyncedDesk {
  readonly service: DataService;
  /** Another one after a restart. */
  readonly sync: SyncService;
  /** As when the program starts again; the space stays open. */
  readonly restartSync: () => Promise<void>;
  readonly transport: TestTransport;
  readonly desktop: MemoryDesktop;
  readonly enrol: (url: string, code: string) => Promise<void>;
  readonly command: (name: string, input: unknown) => Promise<readonly string[]>;
  /** Waits until it is so; says how it stands when it never is. */
  readonly until: (what: string, isSo: (state: SyncState) => boolean | Promise<boolean>) => Promise<void>;
  readonly digest: () => Promise<string>;
  readonly close: () => void;
}

/** Timers of the engine run this much faster than the clock, unless it is told otherwise. */
const hurried = 50;

let made = 0;

export async function openSyncedDesk(
  options: TransportOptions & { readonly demo?: boolean; readonly hurry?: number } = {},
): Promise<SyncedDesk> {
  const { hurry = hurried } = options;
  made += 1;
  const space = `synced-${made}`;
  const desktop = createMemoryDesktop(`K3V9Q2M7${'ABCDEFGHJKMNPQRSTVWXYZ'.charAt(made % 22)}${made % 10}`);
  const transport = await openTestTransport({ ...options, device: desktop.files.device });
  const { disk } = transport;
  await disk.makeFolder(`/spaces/${space}`);
  Object.defineProperty(transport, 'device', { get: () => desktop.files.device });
  const port: DesktopPort = {
    ask: async (name, input) => {
      if (!Object.hasOwn(transport.handlers, name)) return desktop.ask(name, input);
      const handle = Reflect.get(transport.handlers, name) as (given: unknown) => Promise<never>;
      return { ok: true, value: await handle(input) };
    },
  };
  const { service } = await openService({ ...desktop, ask: port.ask }, space, Math.random, options.demo);
  const clock: EngineClock = {
    now: () => Date.now(),
    chance: () => Math.random(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms / hurry);
      return () => clearTimeout(timer);
    },
  };
  let sync = new SyncService(port, clock);
  transport.onEvent = ([name, payload]) => sync.hear({ kind: 'desktop-event', name, payload } as DesktopEventMessage);
  await sync.open(syncedSpace(service, () => Date.now()));
  return {
    service,
    get sync() {
      return sync;
    },
    restartSync: async () => {
      sync = new SyncService(port, clock);
      await sync.open(syncedSpace(service, () => Date.now()));
    },
    transport,
    desktop,
    enrol: async (url, code) => {
      const outcome = await sync.calls.endpointEnrol({ url, code, deviceName: `desk ${made}` });
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.failure));
    },
    command: async (name, input) => {
      const outcome = await service.command(name, input);
      if (!outcome.ok) throw new Error(`${name} was refused: ${JSON.stringify(outcome.failure)}`);
      sync.noticeWork();
      return outcome.value.ids;
    },
    until: async (what, isSo) => {
      for (let look = 0; !(await isSo(sync.state())); look += 1) {
        if (look > 1_000)
          throw new Error(
            `never ${what}: ${JSON.stringify({ state: sync.state(), logged: transport.logged.slice(-5), errors: desktop.errors.slice(-3) })}`,
          );
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    digest: async () => (await service.contentDigest({ entity: null })).digest,
    close: () => {
      sync.calls.syncPause({ paused: true }).catch(() => undefined);
      transport.close();
    },
  };
}
