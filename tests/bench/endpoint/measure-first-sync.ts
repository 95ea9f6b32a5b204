import { gzipSync } from 'node:zlib';
import { openEndpoint } from '../../../server/endpoint.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { cpuMsSince } from './contender.ts';
import { protocolPaths } from '../../../shared/sync/protocol.ts';
import { openFaultProxy } from '../../helpers/endpoint/fault-proxy.ts';
import { isInStep, openRealDesk, reach, ticketsOf } from './real-desk.ts';
import { withEndpoint } from './with-endpoint.ts';

/** Rows that fill the list of a desk. */
const firstScreen = 50;

export interface FirstSync {
  readonly tickets: number;
  readonly records: number;
  /** By the log, or by the parts of a snapshot. */
  readonly by: 'log' | 'snapshot';
  /** ms from enrolment until the list of the desk is full, and until it has everything. */
  readonly firstRowsMs: number;
  readonly completeMs: number;
  /** Of processor, in this process: desk, transport and proxy. */
  readonly cpuMs: number;
  /** Of bodies, as they went over the line. */
  readonly bytes: number;
  readonly requests: number;
  /** All states of the records, as NDJSON by gzip. */
  readonly stateBytes: number;
}

/** A new desk at an endpoint that holds so many tickets, until it holds them, too. */
export async function measureFirstSync(place: StorePlace, tickets: number): Promise<FirstSync> {
  const { stateBytes, records } = await sizeOfState(place);
  return await withEndpoint(place, 1, async ({ url, codes }) => {
    const proxy = await openFaultProxy(url);
    const desk = await openRealDesk();
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    try {
      await desk.enrol(proxy.url, codes[0] ?? '');
      await reach(desk, 'first rows', () => ticketsOf(desk) >= Math.min(firstScreen, tickets));
      const firstRowsMs = performance.now() - began;
      await reach(desk, 'all tickets', () => ticketsOf(desk) >= tickets && isInStep(desk));
      const completeMs = performance.now() - began;
      const cpuMs = cpuMsSince(cpu);
      const by = proxy.seen.some(({ path }) => path.startsWith(protocolPaths.snapshots)) ? 'snapshot' : 'log';
      return {
        tickets,
        records,
        by,
        firstRowsMs,
        completeMs,
        cpuMs,
        bytes: proxy.passed.up + proxy.passed.down,
        requests: proxy.seen.length,
        stateBytes,
      };
    } finally {
      desk.close();
      await proxy.close();
    }
  });
}

async function sizeOfState(place: StorePlace): Promise<{ readonly stateBytes: number; readonly records: number }> {
  const { store } = await openEndpoint(place);
  let [stateBytes, records] = [0, 0];
  for (let after = ''; ;) {
    const rows = await store.read(async (reader) => await reader.recordsAfter(after, 2_000));
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.record;
    records += rows.length;
    stateBytes += gzipSync(rows.map(({ state }) => `${state}\n`).join('')).length;
  }
  await store.close();
  return { stateBytes, records };
}
