import type * as RxCore from 'rxdb/plugins/core';
import type * as RxReplication from 'rxdb/plugins/replication';
import type * as RxDexie from 'rxdb/plugins/storage-dexie';
import { openFaultProxy } from '../../../helpers/endpoint/fault-proxy.ts';
import { recordsPerTicket } from '../../data/tickets.ts';
import { commentSchema, ticketSchema } from '../../peers/rx-schemas.ts';
import { cpuMsSince, type ContenderSize, type ContenderTimes } from '../contender.ts';
import { measureReconnect } from '../measure-reconnect.ts';
import { PeerPackages } from './peer-packages.ts';
import type { RxCheckpoint, RxPushed, RxRow } from './rx-rows.ts';
import { startServer } from './start-server.ts';

/** Documents in a batch, both ways; RxDB's own choice is 100. */
const batchSize = 500;

/** RxDB's HTTP replication, its Dexie storage on the IndexedDB in memory that this program's desk uses, too. */
export async function measureRxDb(folder: string, { tickets, edited }: ContenderSize): Promise<ContenderTimes> {
  const packages = new PeerPackages(folder);
  const { createRxDatabase } = packages.load<typeof RxCore>('rxdb/plugins/core');
  const { replicateRxCollection } = packages.load<typeof RxReplication>('rxdb/plugins/replication');
  const { getRxStorageDexie } = packages.load<typeof RxDexie>('rxdb/plugins/storage-dexie');
  const server = await startServer('rx-server.ts', folder, tickets);
  const proxy = await openFaultProxy(server.url);
  const database = await createRxDatabase<Collections>({
    name: `rx-desk-${tickets}`,
    storage: getRxStorageDexie(),
    multiInstance: false,
    eventReduce: true,
  });
  const collections = await database.addCollections({
    tickets: { schema: withInstant(ticketSchema) },
    comments: { schema: withInstant(commentSchema) },
  });
  const names = ['tickets', 'comments'] as const;
  const exchange = async (): Promise<void> => {
    await Promise.all(
      names.map(async (name) => {
        const url = `${proxy.url}/${name}`;
        const replication = replicateRxCollection<RxRow, RxCheckpoint>({
          collection: collections[name],
          replicationIdentifier: name,
          live: false,
          waitForLeadership: false,
          pull: { batchSize, handler: async (from, limit) => await pull(url, from, limit) },
          push: { batchSize, handler: async (rows) => await push(url, rows) },
        });
        await replication.awaitInitialReplication();
        await replication.cancel();
      }),
    );
  };
  const records = tickets * recordsPerTicket;
  try {
    const [began, cpu] = [performance.now(), process.cpuUsage()];
    await exchange();
    const [ms, cpuMs] = [performance.now() - began, cpuMsSince(cpu)];
    const counts = await Promise.all(names.map(async (name) => await collections[name].count().exec()));
    const written = counts.reduce((sum, count) => sum + count, 0);
    if (written !== records) throw new Error(`RxDB replicated ${written} of ${records} documents`);
    const passed = proxy.passed.up + proxy.passed.down;
    const name = `RxDB ${packages.version('rxdb')}`;
    const first = { name, records, ms, cpuMs, bytes: passed, requests: proxy.seen.length };
    const reconnect = await measureReconnect(
      {
        proxy,
        editAway: async (title) => {
          for (const id of edited) {
            const document = await collections.tickets.findOne(id).exec();
            const at = Date.now();
            await document?.incrementalPatch({ title, at, updatedAt: at });
          }
        },
        comeBack: exchange,
      },
      edited.length,
    );
    return { ...first, reconnect };
  } finally {
    await database.close();
    await proxy.close();
    await server.stop();
  }
}

interface Collections {
  readonly tickets: RxCore.RxCollection<RxRow & { readonly title: string; readonly updatedAt: number }>;
  readonly comments: RxCore.RxCollection<RxRow>;
}

/** The instant by which rows are pulled, beside what they have. */
function withInstant<Schema extends { readonly properties: object }>(schema: Schema): unknown {
  return { ...schema, properties: { ...schema.properties, at: { type: 'number' } } };
}

async function pull(url: string, from: RxCheckpoint | undefined, limit: number) {
  const { at, id } = from ?? { at: 0, id: '' };
  const answer = await fetch(`${url}?at=${at}&id=${encodeURIComponent(id)}&limit=${limit}`);
  const body = (await answer.json()) as RxReplication.RxPulled<RxRow, RxCheckpoint>;
  return { ...body, checkpoint: body.checkpoint ?? from ?? { at: 0, id: '' } };
}

async function push(url: string, rows: readonly RxPushed[]): Promise<RxRow[]> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(rows) });
  return (await answer.json()) as RxRow[];
}
