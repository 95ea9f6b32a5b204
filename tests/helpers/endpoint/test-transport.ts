import { setTimeout as wait } from 'node:timers/promises';
import type { DesktopEvents } from '../../../shared/desktop-api.ts';
import { createEndpointHandlers, type EndpointHandlers } from '../../../electron/main/endpoint/endpoint-handlers.ts';
import type { Network } from '../../../electron/main/endpoint/endpoint-client.ts';
import type { SecretSeal } from '../../../electron/main/endpoint/secret-seal.ts';
import type { Spaces } from '../../../electron/main/journal/spaces.ts';
import type { LogEntry } from '../../../electron/main/log.ts';
import { MemoryDisk } from '../memory-disk.ts';

type Told = 'endpointHead' | 'endpointStream' | 'endpointPresence';
type EndpointEvent = { readonly [Name in Told]: readonly [Name, DesktopEvents[Name]] }[Told];

/** Main's part of the way to an endpoint on Node's network, a disk in memory and a clock that can be moved. */
export interface TestTransport extends EndpointHandlers {
  readonly disk: MemoryDisk;
  readonly logged: LogEntry[];
  readonly events: EndpointEvent[];
  /** Added to the wall time (ms). */
  skewMs: number;
  online: boolean;
  /** What the journal says this device is. */
  device: string;
  onEvent: (event: EndpointEvent) => void;
  /** What the system's browser does with an address. */
  openBrowser: (address: string) => Promise<void>;
  cameBack: number;
}

export interface TransportOptions {
  readonly device?: string;
  /** Another's disk: a restart of main. */
  readonly disk?: MemoryDisk;
  readonly seal?: SecretSeal;
  readonly fetch?: Network['fetch'];
}

const noSeal: SecretSeal = {
  seal: () => null,
  open: () => {
    throw new Error('nothing was sealed');
  },
};

export async function openTestTransport(options: TransportOptions = {}): Promise<TestTransport> {
  const disk = options.disk ?? new MemoryDisk();
  await disk.makeFolder('/spaces/desk');
  const logged: LogEntry[] = [];
  const events: EndpointEvent[] = [];
  const state = {
    get device() {
      return transport.device;
    },
  };
  const spaces = {
    open: async (space: string) => ({ folder: `/spaces/${space}`, journal: { state } }),
  } as unknown as Spaces;
  const { handlers, close } = createEndpointHandlers({
    disk,
    spaces,
    seal: options.seal ?? noSeal,
    network: {
      fetch: options.fetch ?? ((url, init) => fetch(url, init)),
      online: () => transport.online,
      now: () => Date.now() + transport.skewMs,
    },
    log: (entry) => logged.push(entry),
    announce: (...event) => {
      events.push(event as EndpointEvent);
      transport.onEvent(event as EndpointEvent);
    },
    browser: {
      openBrowser: (address) => transport.openBrowser(address),
      comeBack: () => (transport.cameBack += 1),
      locale: 'en',
    },
    chance: () => 0,
    // A hundredth of the time: nothing here is about how long a wait is.
    wait: (ms, signal) => wait(ms / 100, undefined, { signal }).catch(() => undefined),
  });
  const transport: TestTransport = {
    handlers,
    close,
    disk,
    logged,
    events,
    skewMs: 0,
    online: true,
    device: options.device ?? 'K3V9Q2M7TA',
    onEvent: () => undefined,
    openBrowser: () => Promise.reject(new Error('there is no browser')),
    cameBack: 0,
  };
  return transport;
}
