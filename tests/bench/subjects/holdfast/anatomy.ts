import type { DesktopPort } from '../../../../renderer/data/desktop-port.ts';
import { askDesktop } from '../../../../renderer/data/desktop-port.ts';
import type { Space } from '../../../../renderer/data/engine/space.ts';
import { sealOperation } from '../../../../shared/sync/operation-hash.ts';
import type { Operation } from '../../../../shared/sync/operation.ts';
import { Database } from '../../../../renderer/data/storage/database.ts';
import { timeEach } from '../../measure.ts';
import type { Times } from '../../measure.ts';

const turns = 100;
const line = JSON.stringify({ command: 'ticket.hold', text: 'x'.repeat(1_000) });

function sample(seq: number): Operation {
  return {
    device: 'K3V9Q2M7TA',
    seq,
    at: [seq, 0],
    clockOffset: null,
    user: 'bench',
    schemaVersion: 1,
    previousHash: '',
    command: 'ticket.hold',
    writes: [
      { entity: 'ticket', id: `t-${seq}`, fields: { description: 'x'.repeat(800), state: 'on-hold' }, parents: {} },
    ],
  };
}

/** What a save waits for, each by itself: for finding where its time goes. Writes to a space and database of its own. */
export async function timeSaveParts(space: Space, port: DesktopPort): Promise<Readonly<Record<string, Times>>> {
  const other = 'anatomy';
  await askDesktop(port, 'journalOpen', { space: other });
  const database = new Database(`holdfast-${other}`);
  await database.open();
  const raw = database.backendDB();
  const { meta } = space.state;
  let seq = 0;
  const append = async (): Promise<unknown> =>
    askDesktop(port, 'journalAppend', { space: other, first: ++seq, lines: line });
  const transact = async (): Promise<unknown> =>
    database.transaction('rw', [database.ops, database.delta, database.meta], async () => {
      await database.ops.bulkPut([{ lines: line, count: 1 }]);
      await database.meta.put(meta);
    });
  const transactAtOnce = async (): Promise<unknown> =>
    database.transaction('rw', [database.ops, database.delta, database.meta], () =>
      Promise.all([database.ops.bulkPut([{ lines: line, count: 1 }]), database.meta.put(meta)]),
    );
  const transactRaw = (durability: IDBTransactionDurability): Promise<void> =>
    new Promise((resolve, reject) => {
      const transaction = raw.transaction(['ops', 'meta'], 'readwrite', { durability });
      transaction.objectStore('ops').put({ lines: line, count: 1 });
      transaction.objectStore('meta').put(meta);
      transaction.commit();
      transaction.addEventListener('complete', () => {
        resolve();
      });
      transaction.addEventListener('abort', () => {
        reject(transaction.error ?? new Error('transaction aborted'));
      });
    });
  const measured = {
    'call of the shell without work': await timeEach(turns, () => askDesktop(port, 'journalOpen', { space: other })),
    'journal append with fsync': await timeEach(turns, append),
    'strict transaction by Dexie': await timeEach(turns, transact),
    'strict transaction by Dexie, requests at once': await timeEach(turns, transactAtOnce),
    'strict transaction by hand': await timeEach(turns, () => transactRaw('strict')),
    'relaxed transaction by hand': await timeEach(turns, () => transactRaw('relaxed')),
    'journal and strict transaction by hand at once': await timeEach(turns, () =>
      Promise.all([append(), transactRaw('strict')]),
    ),
    'text and hash of 100 operations of 1 KB': await timeEach(turns, async () => {
      for (let count = 0; count < 100; count += 1) sealOperation(sample(count));
      return Promise.resolve();
    }),
    'journal append of 2,000 operations of 1 KB': await timeEach(turns / 10, async () => {
      const first = seq + 1;
      seq += 2_000;
      return askDesktop(port, 'journalAppend', {
        space: other,
        first,
        lines: Array.from({ length: 2_000 }, () => line).join('\n'),
      });
    }),
  };
  database.close();
  return measured;
}
