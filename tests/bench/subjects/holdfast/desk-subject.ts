import { z } from 'zod';
import type { CommandOutcome, ListResult, WatchQuery } from '../../../../renderer/data/data-api.ts';
import { ticketId } from '../../data/tickets.ts';
import type { LoadResult, Subject } from '../subject.ts';
import { countQuery, groupQueries, pageQuery } from './queries.ts';

/** How the data service is reached: through the worker as the product does, or in the page for a profile. */
export interface DeskAccess {
  readonly open: () => Promise<void>;
  readonly query: (query: WatchQuery) => Promise<unknown>;
  readonly command: (name: string, input: unknown) => Promise<CommandOutcome>;
  /** Tells the rows of a list at once and whenever they change. */
  readonly watchRows: (queue: number, heard: (rows: ListResult['rows']) => void) => () => void;
  /** Makes the rows; the returned function writes them. */
  readonly prepare: (tickets: number) => Promise<() => Promise<LoadResult>>;
}

const listShape = z.object({ rows: z.array(z.object({ id: z.string() })) });
const facetShape = z.array(z.object({ count: z.number() }));
const countsShape = z.object({ closed: z.number() });

/** This program as a contender. */
export function createDeskSubject(access: DeskAccess): Subject {
  const held = new Set<string>();
  let firstRows: ListResult['rows'] = [];
  const command = async (name: string, input: unknown): Promise<void> => {
    const outcome = await access.command(name, input);
    if (!outcome.ok) throw new Error(`${name} was refused: ${JSON.stringify(outcome.failure)}`);
  };
  return {
    load: async ({ tickets, begin, end }) => {
      await access.open();
      const write = await access.prepare(tickets);
      await begin();
      const result = await write();
      await end();
      return result;
    },
    open: access.open,
    page: async (queue) => listShape.parse(await access.query(pageQuery(queue))).rows.length,
    count: async (queue) => countsShape.parse(await access.query(countQuery(queue))).closed,
    group: async () => {
      const facets = await Promise.all(groupQueries.map(access.query));
      return facets.flatMap((facet) => facetShape.parse(facet)).reduce((sum, { count }) => sum + count, 0);
    },
    record: async (ticket) => {
      const id = ticketId(ticket);
      await Promise.all([access.query({ type: 'record', id }), access.query({ type: 'timeline', id })]);
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
        let stop: (() => void) | null = null;
        let isFirst = true;
        stop = access.watchRows(queue, (rows) => {
          if (queue === 0) firstRows = rows;
          if (!isFirst) heard();
          isFirst = false;
          resolve(() => stop?.());
        });
      }),
    touch: async (_queue, turn) => {
      const row = firstRows[turn % firstRows.length];
      if (!row) throw new Error('the watched page is empty');
      await command('ticket.edit', { id: row.id, fields: { category: `Touched ${turn} ${Date.now()}` } });
    },
    close: () => Promise.resolve(),
  };
}
