import { z } from 'zod';
import type { DataCalls, ListResult, WatchQuery, WatchResults } from '../../../../renderer/data/data-api.ts';
import { createDataClient } from '../../../../renderer/data/data-client.ts';
import type { DataClient } from '../../../../renderer/data/data-client.ts';
import { openDesktop } from '../../../../renderer/desktop/desktop.ts';
import { ticketId } from '../../data/tickets.ts';
import { loadAnswer } from '../../job.ts';
import type { Subject } from '../subject.ts';
import { createBenchPort } from './bench-port.ts';
import type { BenchRequest } from './bench-port.ts';
import type { BulkMode } from './bulk.ts';
import { countQuery, groupQueries, pageQuery } from './queries.ts';

type Result = WatchResults[WatchQuery['type']];
const space = 'bench';

const listShape = z.object({ rows: z.array(z.object({ id: z.string() })) });
const facetShape = z.array(z.object({ count: z.number() }));
const countsShape = z.object({ closed: z.number() });

/**
 * This program, seen from the page: every read and save goes to the data worker and back, every save through its
 * strict transaction and the fsynced journal in main.
 */
export function createHoldfastSubject(
  mode: BulkMode,
): Subject & { readonly bench: (request: BenchRequest) => Promise<unknown> } {
  const connect = (): MessagePort =>
    new SharedWorker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'bench-data' }).port;
  let client: DataClient | null = null;
  let bench: ((request: BenchRequest) => Promise<unknown>) | null = null;
  const data = (): DataClient => {
    if (!client) throw new Error('open the space first');
    return client;
  };
  const open = async (): Promise<void> => {
    client = createDataClient(connect(), await openDesktop(), String(Math.random()));
    const status = await client.call('open', { space, demo: false, chromium: 'bench' });
    if (status.phase !== 'ready' || status.recovery !== null)
      throw new Error(`the space is not well: ${JSON.stringify(status)}`);
  };
  const query = (wanted: WatchQuery): Promise<Result> => data().call('query', wanted);
  const ask = (request: BenchRequest): Promise<unknown> => {
    bench ??= createBenchPort(connect());
    return bench(request);
  };
  const command = async (name: string, input: unknown): Promise<void> => {
    const outcome: DataCalls['command']['output'] = await data().call('command', { name, input });
    if (!outcome.ok) throw new Error(`${name} was refused: ${JSON.stringify(outcome.failure)}`);
  };
  const held = new Set<string>();
  let firstRows: ListResult['rows'] = [];
  return {
    load: async ({ tickets, begin, end }) => {
      await open();
      await ask({ kind: 'bench', name: 'prepare', tickets, mode });
      await begin();
      const result = loadAnswer.parse(await ask({ kind: 'bench', name: 'write' }));
      await end();
      return { records: result.records, ms: result.ms };
    },
    open,
    page: async (queue) => listShape.parse(await query(pageQuery(queue))).rows.length,
    count: async (queue) => countsShape.parse(await query(countQuery(queue))).closed,
    group: async () => {
      const facets = await Promise.all(groupQueries.map(query));
      return facets.flatMap((facet) => facetShape.parse(facet)).reduce((sum, { count }) => sum + count, 0);
    },
    record: async (ticket) => {
      const id = ticketId(ticket);
      await Promise.all([query({ type: 'record', id }), query({ type: 'timeline', id })]);
    },
    save: async (ticket) => {
      const id = ticketId(ticket);
      const comment = `Comment at ${Date.now()}: the supplier was asked again and answers until tomorrow at noon.`;
      if (held.delete(id)) await command('ticket.resume', { id, comment });
      else {
        await command('ticket.hold', { id, reason: 'awaiting-vendor', comment });
        held.add(id);
      }
    },
    watch: (queue, heard) =>
      new Promise((resolve) => {
        let first = true;
        const stop = data().watch(pageQuery(queue), (result) => {
          if (queue === 0) firstRows = result.rows;
          if (first) resolve(stop);
          else heard();
          first = false;
        });
      }),
    touch: async (_queue, turn) => {
      const row = firstRows[turn % firstRows.length];
      if (!row) throw new Error('the watched page is empty');
      await command('ticket.edit', { id: row.id, fields: { category: `Touched ${turn} ${Date.now()}` } });
    },
    close: () => Promise.resolve(),
    bench: ask,
  };
}
