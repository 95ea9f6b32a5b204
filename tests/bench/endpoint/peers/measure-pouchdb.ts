import type PouchDB from 'pouchdb-core';
import { openFaultProxy } from '../../../helpers/endpoint/fault-proxy.ts';
import { recordsPerTicket } from '../../data/tickets.ts';
import { cpuMsSince, type ContenderSize, type ContenderTimes } from '../contender.ts';
import { measureReconnect } from '../measure-reconnect.ts';
import { PeerPackages } from './peer-packages.ts';
import { startServer } from './start-server.ts';

/** Documents in a batch: the most that pays; PouchDB's own choice is 100. */
const batch = { batch_size: 500 };

/** Its plugins can be applied only once in a process: the warm-up before the measurement does it. */
let prepared: typeof PouchDB | null = null;

/** PouchDB replicating with express-pouchdb; its own in-memory adapter here, LevelDB there. */
export async function measurePouchDb(folder: string, { tickets, edited }: ContenderSize): Promise<ContenderTimes> {
  const packages = new PeerPackages(folder);
  const Pouch = (prepared ??= packages
    .load<typeof PouchDB>('pouchdb-core')
    .plugin(packages.load('pouchdb-adapter-http'))
    .plugin(packages.load('pouchdb-replication'))
    .plugin(packages.load('pouchdb-adapter-memory')));
  const server = await startServer('couch-server.ts', folder, tickets);
  const proxy = await openFaultProxy(server.url);
  const local = new Pouch(`desk-${tickets}`, { adapter: 'memory' });
  const remote = new Pouch(`${proxy.url}/space`);
  const records = tickets * recordsPerTicket;
  try {
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    const { docs_written: written } = await local.replicate.from(remote, batch);
    if (written !== records) throw new Error(`PouchDB replicated ${written} of ${records} documents`);
    const first = {
      name: `PouchDB ${packages.version('pouchdb-core')}`,
      records,
      ms: performance.now() - began,
      cpuMs: cpuMsSince(cpu),
      bytes: proxy.passed.up + proxy.passed.down,
      requests: proxy.seen.length,
    };
    const reconnect = await measureReconnect(
      {
        proxy,
        editAway: async (title) => {
          for (const id of edited) await local.put({ ...(await local.get(id)), title });
        },
        comeBack: async () => {
          const { docs_written: sent } = await local.replicate.to(remote, batch);
          if (sent !== edited.length) throw new Error(`PouchDB pushed ${sent} of ${edited.length} changes`);
          await local.replicate.from(remote, batch);
        },
      },
      edited.length,
    );
    return { ...first, reconnect };
  } finally {
    await local.close();
    await proxy.close();
    await server.stop();
  }
}
