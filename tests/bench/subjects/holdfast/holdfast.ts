import { createDataClient } from '../../../../renderer/data/data-client.ts';
import type { DataClient } from '../../../../renderer/data/data-client.ts';
import { openDesktop } from '../../../../renderer/desktop/desktop.ts';
import { loadAnswer } from '../../job.ts';
import type { LoadResult, Subject } from '../subject.ts';
import { createBenchPort } from './bench-port.ts';
import type { BenchRequest } from './bench-port.ts';
import type { BulkMode } from './bulk.ts';
import { createDeskSubject } from './desk-subject.ts';
import { pageQuery } from './queries.ts';

/**
 * This program, seen from the page: every read and save goes to the data worker and back, every save through its
 * strict transaction and the fsynced journal in main.
 */
export function createHoldfastSubject(mode: BulkMode): Subject {
  const connect = (): MessagePort =>
    new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'bench-data' }).port;
  let client: DataClient | null = null;
  let bench: ((request: BenchRequest) => Promise<unknown>) | null = null;
  const data = (): DataClient => {
    if (!client) throw new Error('open the space first');
    return client;
  };
  const ask = (request: BenchRequest): Promise<unknown> => {
    bench ??= createBenchPort(connect());
    return bench(request);
  };
  const subject = createDeskSubject({
    open: async () => {
      client = createDataClient(connect(), await openDesktop(), String(Math.random()));
      const status = await client.call('open', { space: 'bench', demo: false, chromium: 'bench' });
      if (status.phase !== 'ready' || status.recovery !== null)
        throw new Error(`the space is not well: ${JSON.stringify(status)}`);
    },
    query: (query) => data().call('query', query),
    command: (name, input) => data().call('command', { name, input }),
    watchRows: (queue, heard) =>
      data().watch(pageQuery(queue), ({ rows }) => {
        heard(rows);
      }),
    prepare: async (tickets) => {
      await ask({ kind: 'bench', name: 'prepare', tickets, mode });
      return async (): Promise<LoadResult> => {
        const { records, ms } = loadAnswer.parse(await ask({ kind: 'bench', name: 'write' }));
        return { records, ms };
      };
    },
  });
  return {
    ...subject,
    readsInWorker: (count) => ask({ kind: 'bench', name: 'reads', count }),
    saveParts: () => ask({ kind: 'bench', name: 'save-parts' }),
  };
}
