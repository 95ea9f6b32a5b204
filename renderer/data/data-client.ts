import type { DesktopAnswer, DesktopApi, DesktopCall } from '../../shared/desktop-api.ts';
import type { DataCalls, WatchQuery, WatchResults } from './data-api.ts';
import { forwardedEvents } from './worker-protocol.ts';
import type { DesktopCallMessage, DesktopEventMessage, FromPage, FromWorker } from './worker-protocol.ts';

/** The page's thin client of the data worker. It holds no rows. */
export interface DataClient {
  /** Rejects only when the worker itself failed (a bug); refusals are values. */
  readonly call: <Name extends keyof DataCalls>(
    name: Name,
    input: DataCalls[Name]['input'],
  ) => Promise<DataCalls[Name]['output']>;
  /** Hears the current result at once and every later one; call the returned function to stop. */
  readonly watch: <Query extends WatchQuery>(
    query: Query,
    heard: (result: WatchResults[Query['type']]) => void,
  ) => () => void;
}

export interface WorkerPort {
  readonly postMessage: (message: FromPage) => void;
  onmessage: ((event: MessageEvent<FromWorker>) => void) | null;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: Error) => void;
}

export function createDataClient(port: WorkerPort, desktop: DesktopApi, pageId: string): DataClient {
  const calls = new Map<number, Waiting>();
  const watches = new Map<number, (result: never) => void>();
  let lastId = 0;

  port.onmessage = ({ data }) => {
    if (data.kind === 'answer')
      settle(data.id, (waiting) => {
        waiting.resolve(data.value as never);
      });
    else if (data.kind === 'broken')
      settle(data.id, (waiting) => {
        waiting.reject(new Error(data.message));
      });
    else if (data.kind === 'result') watches.get(data.id)?.(data.result as never);
    else void askDesktop(data);
  };

  function settle(id: number, how: (waiting: Waiting) => void): void {
    const waiting = calls.get(id);
    calls.delete(id);
    if (waiting) how(waiting);
  }

  async function askDesktop(message: DesktopCallMessage): Promise<void> {
    const answer: DesktopAnswer<DesktopCall> = await desktop.call(message.name, message.input);
    port.postMessage({ kind: 'desktop-answer', id: message.id, answer });
  }

  // The worker notices that this page is gone when it is granted the lock (a closed port says nothing).
  const lock = `holdfast-page-${pageId}`;
  void navigator.locks.request(lock, () => new Promise<never>(() => undefined));
  void navigator.locks.query().then(() => {
    port.postMessage({ kind: 'hello', lock });
  });
  for (const name of forwardedEvents)
    desktop.on(name, (payload) => {
      port.postMessage({ kind: 'desktop-event', name, payload } as DesktopEventMessage);
    });
  desktop.on('storageChanged', (state) => {
    port.postMessage({ kind: 'storage-changed', state });
  });

  return {
    call: (name, input) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        calls.set(id, { resolve, reject });
        port.postMessage({ kind: 'call', id, name, input } as FromPage);
      }),
    watch: (query, heard) => {
      const id = ++lastId;
      watches.set(id, heard);
      port.postMessage({ kind: 'watch', id, query });
      return () => {
        watches.delete(id);
        port.postMessage({ kind: 'unwatch', id });
      };
    },
  };
}
