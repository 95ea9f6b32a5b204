import { z } from 'zod';
import { ExchangeJobs } from '../../../../renderer/data/exchange-jobs.ts';
import { handleCall } from '../../../../renderer/data/handle-call.ts';
import { PagePorts } from '../../../../renderer/data/page-ports.ts';
import type { Page } from '../../../../renderer/data/page-ports.ts';
import type { FromPage, FromWorker } from '../../../../renderer/data/worker-protocol.ts';
import { SyncService } from '../../../../renderer/sync/sync-service.ts';
import { workerClock } from '../../../../renderer/sync/worker-clock.ts';
import { timeSaveParts } from './anatomy.ts';
import type { BenchAnswer, BenchRequest } from './bench-port.ts';
import { prepareBulk } from './bulk.ts';
import { createService, environment } from './create-service.ts';
import { timeReads } from './reads.ts';

/**
 * The data worker with a second door for the benchmarks: bulk writes and reads timed where they are answered. Idle
 * work never runs by itself here, so that no contender is measured beside it.
 */
z.config({ jitless: true });

const ports = new PagePorts();
const service = createService(ports.desktop);
const jobs = new ExchangeJobs(service, environment);
// Never opened: nothing is exchanged beside what is measured.
const sync = new SyncService(ports.desktop, workerClock);
let write: Awaited<ReturnType<typeof prepareBulk>> | null = null;
let pages = 0;

async function answerBench(request: BenchRequest): Promise<unknown> {
  switch (request.name) {
    case 'prepare':
      write = await prepareBulk(service.space, request.tickets, request.mode);
      globalThis.gc?.();
      return null;
    case 'write':
      if (!write) throw new Error('prepare comes before write');
      return write();
    case 'save-parts':
      return timeSaveParts(service.space, ports.desktop);
    case 'reads':
      return timeReads(service.space, request.count);
  }
}

function hear(page: Page, port: MessagePort, message: FromPage | BenchRequest): void {
  const broken = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
  switch (message.kind) {
    case 'bench': {
      const reply = (answer: BenchAnswer): void => {
        port.postMessage(answer);
      };
      answerBench(message).then(
        (value) => {
          reply({ value, error: null });
        },
        (error: unknown) => {
          reply({ value: null, error: broken(error) });
        },
      );
      break;
    }
    case 'hello':
      ports.add(page);
      break;
    case 'call':
      handleCall(service, jobs, sync, message.name, message.input).then(
        (value) => {
          page.send({ kind: 'answer', id: message.id, value });
        },
        (error: unknown) => {
          page.send({ kind: 'broken', id: message.id, message: broken(error) });
        },
      );
      break;
    case 'watch':
      service.watch(`${page.key}${message.id}`, message.query, (result) => {
        page.send({ kind: 'result', id: message.id, result });
      });
      break;
    case 'unwatch':
      service.unwatch(`${page.key}${message.id}`);
      break;
    case 'desktop-answer':
      ports.answered(message);
      break;
    case 'storage-changed':
    case 'desktop-event':
      break;
  }
}

addEventListener('connect', (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined;
  if (!port) return;
  const page: Page = {
    key: `page-${++pages}:`,
    send: (message: FromWorker) => {
      port.postMessage(message);
    },
  };
  port.onmessage = ({ data }: MessageEvent<FromPage | BenchRequest>) => {
    hear(page, port, data);
  };
});
