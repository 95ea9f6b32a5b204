import './zod-settings.ts';
import { makeUuid7 } from '../../shared/sync/uuid7.ts';
import { DataService } from '../data/data-service.ts';
import type { Environment } from '../data/engine/space.ts';
import { ExchangeJobs } from '../data/exchange-jobs.ts';
import { handleCall } from '../data/handle-call.ts';
import { PagePorts } from '../data/page-ports.ts';
import type { Page } from '../data/page-ports.ts';
import { isExchangeQuery } from '../data/sync-port.ts';
import type { FromPage, FromWorker } from '../data/worker-protocol.ts';
import { SyncService } from '../sync/sync-service.ts';
import { syncedSpace } from './synced-space.ts';
import { workerClock } from '../sync/worker-clock.ts';

/**
 * The data worker's composition root (D15): one SharedWorker owns the database, the columns and the write path of all
 * windows. Pages come and go by their ports.
 */

const idleAfterMs = 1_500;
/** A timer stands still while the machine sleeps: it looks at the clock again this often. */
const longestSleepMs = 60_000;
let alarmTimer: ReturnType<typeof setTimeout> | undefined;
let idleTimer: ReturnType<typeof setTimeout> | undefined;

const environment: Environment = {
  now: () => Date.now(),
  newId: () => makeUuid7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
};
const ports = new PagePorts();
const service = new DataService({
  indexedDb: indexedDB,
  port: ports.desktop,
  environment,
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  // In the same task: the screen hears of a change before the disks do.
  schedule: (run) => {
    queueMicrotask(run);
  },
  whenIdle: (run) => {
    clearTimeout(idleTimer);
    idleTimer = setTimeout(run, idleAfterMs);
  },
  alarm: (at, run) => {
    clearTimeout(alarmTimer);
    const sleep = (): void => {
      alarmTimer = setTimeout(wake, Math.min(Math.max(0, at - Date.now()), longestSleepMs));
    };
    const wake = (): void => {
      if (Date.now() < at) sleep();
      else run();
    };
    sleep();
  },
  end: () => {
    close();
  },
});

const jobs = new ExchangeJobs(service, environment);
const sync = new SyncService(ports.desktop, workerClock);
let pages = 0;

function connect(port: MessagePort): void {
  const page: Page = {
    key: `page-${++pages}:`,
    send: (message: FromWorker) => {
      port.postMessage(message);
    },
  };
  ports.add(page);
  port.onmessage = ({ data }: MessageEvent<FromPage>) => {
    hear(page, data);
  };
}

/** The first page that opens the space begins the exchange of all; with no space there is nothing to exchange. */
function beginSync(): void {
  if (service.isOpen) void sync.open(syncedSpace(service, environment.now));
}

function hear(page: Page, message: FromPage): void {
  switch (message.kind) {
    case 'hello':
      // Granted when the page is gone.
      void navigator.locks.request(message.lock, () => {
        service.unwatchAll(page.key);
        sync.unwatchAll(page.key);
        ports.remove(page);
      });
      break;
    case 'call':
      handleCall(service, jobs, sync, message.name, message.input).then(
        (value) => {
          if (message.name === 'open') beginSync();
          else sync.noticeWork();
          page.send({ kind: 'answer', id: message.id, value });
        },
        (error: unknown) => {
          page.send({
            kind: 'broken',
            id: message.id,
            message: error instanceof Error ? (error.stack ?? error.message) : String(error),
          });
        },
      );
      break;
    case 'watch':
      if (message.query.type === 'job')
        jobs.watch(`${page.key}${message.id}`, (result) => {
          page.send({ kind: 'result', id: message.id, result });
        });
      else if (isExchangeQuery(message.query))
        sync.watch(`${page.key}${message.id}`, message.query, (result) => {
          page.send({ kind: 'result', id: message.id, result });
        });
      else
        service.watch(`${page.key}${message.id}`, message.query, (result) => {
          page.send({ kind: 'result', id: message.id, result });
        });
      break;
    case 'unwatch':
      jobs.unwatch(`${page.key}${message.id}`);
      sync.unwatch(`${page.key}${message.id}`);
      service.unwatch(`${page.key}${message.id}`);
      break;
    case 'desktop-answer':
      ports.answered(message);
      break;
    case 'desktop-event':
      sync.hear(message);
      break;
    case 'storage-changed':
      service.storageChanged(message.state);
      break;
  }
}

addEventListener('connect', (event) => {
  const [port] = (event as MessageEvent).ports;
  if (port) connect(port);
});
