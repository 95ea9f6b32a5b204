import { openDesktop } from '../../../../renderer/desktop/desktop.ts';
import { queueCount, ticketId } from '../../data/tickets.ts';
import type { Subject } from '../subject.ts';
import { prepareBulk } from './bulk.ts';
import type { BulkMode } from './bulk.ts';
import { createService } from './create-service.ts';
import { countQuery, groupQueries, pageQuery } from './queries.ts';

/**
 * The data service in the page instead of the worker: only there can the shell attach a profiler. For finding where
 * time goes; its numbers are not compared.
 */
export function createInPageSubject(mode: BulkMode): Subject {
  const ready = openDesktop().then((desktop) => createService({ ask: (name, input) => desktop.call(name, input) }));
  const held = new Set<string>();
  const open = async (): Promise<void> => {
    await (await ready).open({ space: 'bench', demo: false, chromium: 'bench' });
  };
  const answer = async (query: Parameters<Awaited<typeof ready>['answer']>[0]): Promise<unknown> =>
    (await ready).answer(query);
  return {
    load: async ({ tickets, begin, end }) => {
      await open();
      const write = await prepareBulk((await ready).space, tickets, mode);
      await begin();
      const result = await write();
      await end();
      return result;
    },
    open,
    page: async (queue) => {
      await answer(pageQuery(queue % queueCount));
      return 1;
    },
    count: async (queue) => {
      await answer(countQuery(queue));
      return 1;
    },
    group: async () => {
      await Promise.all(groupQueries.map(answer));
      return 1;
    },
    record: async (ticket) => {
      const id = ticketId(ticket);
      await Promise.all([answer({ type: 'record', id }), answer({ type: 'timeline', id })]);
    },
    save: async (ticket) => {
      const id = ticketId(ticket);
      const name = held.delete(id) ? 'ticket.resume' : 'ticket.hold';
      if (name === 'ticket.hold') held.add(id);
      await (
        await ready
      ).command(name, {
        id,
        comment: `Comment at ${Date.now()}`,
        ...(name === 'ticket.hold' ? { reason: 'awaiting-vendor' } : {}),
      });
    },
    close: () => Promise.resolve(),
  };
}
