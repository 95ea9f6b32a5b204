import { openDesktop } from '../../../../renderer/desktop/desktop.ts';
import type { Subject } from '../subject.ts';
import { prepareBulk } from './bulk.ts';
import type { BulkMode } from './bulk.ts';
import { createService } from './create-service.ts';
import { createDeskSubject } from './desk-subject.ts';

/**
 * The data service in the page instead of the worker: only there can the shell attach a profiler. For finding where
 * time goes; its numbers are not compared.
 */
export function createInPageSubject(mode: BulkMode): Subject {
  const ready = openDesktop().then((desktop) => createService({ ask: (name, input) => desktop.call(name, input) }));
  return createDeskSubject({
    open: async () => {
      await (await ready).open({ space: 'bench', demo: false, chromium: 'bench' });
    },
    query: async (query) => (await ready).answer(query),
    command: async (name, input) => (await ready).command(name, input),
    watchRows: () => {
      throw new Error('the page has no port: live queries are not profiled');
    },
    prepare: async (tickets) => prepareBulk((await ready).space, tickets, mode),
  });
}
