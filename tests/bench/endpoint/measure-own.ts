import { openFaultProxy } from '../../helpers/endpoint/fault-proxy.ts';
import { temporaryDirectory } from '../../helpers/endpoint/open-office.ts';
import { recordsPerTicket } from '../data/tickets.ts';
import { cpuMsSince, type ContenderSize, type ContenderTimes } from './contender.ts';
import { History } from './history.ts';
import { measureReconnect } from './measure-reconnect.ts';
import { isInStep, openRealDesk, reach, ticketsOf } from './real-desk.ts';
import { withEndpoint } from './with-endpoint.ts';

/** This program: a whole desk without its screen at an endpoint on SQLite in a process of its own. */
export async function measureOwn({ tickets, edited }: ContenderSize): Promise<ContenderTimes> {
  const history = new History({ kind: 'sqlite', directory: temporaryDirectory() }, tickets);
  await history.growTo(tickets * recordsPerTicket);
  await history.makeSnapshot();
  return await withEndpoint(history.place, 1, async ({ url, codes }) => {
    const proxy = await openFaultProxy(url);
    const desk = await openRealDesk();
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    try {
      await desk.enrol(proxy.url, codes[0] ?? '');
      await reach(desk, 'all tickets', () => ticketsOf(desk) >= tickets && isInStep(desk));
      const first = {
        name: 'Holdfast',
        records: tickets * recordsPerTicket,
        ms: performance.now() - began,
        cpuMs: cpuMsSince(cpu),
        bytes: proxy.passed.up + proxy.passed.down,
        requests: proxy.seen.length,
      };
      const reconnect = await measureReconnect(
        {
          proxy,
          editAway: async (title) => {
            await desk.sync.calls.syncPause({ paused: true });
            for (const id of edited) await desk.command('ticket.edit', { id, fields: { title } });
          },
          comeBack: async () => {
            await desk.sync.calls.syncPause({ paused: false });
            await reach(desk, 'in step', () => isInStep(desk));
          },
        },
        edited.length,
      );
      return { ...first, reconnect };
    } finally {
      desk.close();
      await proxy.close();
    }
  });
}
