import type { DesktopPort } from '../../../../renderer/data/desktop-port.ts';
import { askDesktop } from '../../../../renderer/data/desktop-port.ts';
import type { Space } from '../../../../renderer/data/engine/space.ts';
import { Database } from '../../../../renderer/data/storage/database.ts';
import { timeEach } from '../../measure.ts';
import type { Times } from '../../measure.ts';

const turns = 100;
const line = JSON.stringify({ command: 'ticket.hold', text: 'x'.repeat(1_000) });

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
    'journal and strict transaction at once': await timeEach(turns, () => Promise.all([append(), transact()])),
  };
  database.close();
  return measured;
}
