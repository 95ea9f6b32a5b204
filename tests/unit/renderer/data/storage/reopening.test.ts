import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { Database } from '../../../../../renderer/data/storage/database.ts';
import { getRows, putRows, WriteFailure } from '../../../../../renderer/data/storage/raw-rows.ts';
import { isDamage } from '../../../../../renderer/data/storage/damaged-database.ts';
import { Reopening } from '../../../../../renderer/data/storage/reopening.ts';

let names = 0;

async function openDatabase(hasRoom: () => boolean = () => true) {
  const database = new Database(`reopening-${++names}`);
  await database.open();
  const waits: number[] = [];
  const stuck = vi.fn();
  database.reopening = new Reopening({
    hasRoom: () => Promise.resolve(hasRoom()),
    wait: async (ms) => {
      waits.push(ms);
      await new Promise((resolve) => setTimeout(resolve, ms / 100));
    },
    stuck,
  });
  return { database, waits, stuck };
}

/** As Chromium does when LevelDB has no room: the transaction is aborted in these words, the connection is gone. */
function closeByForce(database: Database): void {
  const connection = database.backendDB();
  connection.transaction = () => {
    throw new DOMException('The database connection is closing.', 'InvalidStateError');
  };
}

const row = { id: 'a', body: 'text' };

describe('a database that Chromium has closed', () => {
  it('is opened again after a moment, once for all who ask, and a read that met it is made again', async () => {
    const { database, waits, stuck } = await openDatabase();
    await putRows(database, { delta: [row] }, 'strict');
    const open = vi.spyOn(database, 'open');
    closeByForce(database);
    const reads = [getRows(database, 'delta', ['a']), getRows(database, 'delta', ['a'])];
    expect(await Promise.all(reads)).toEqual([[row], [row]]);
    expect(open).toHaveBeenCalledTimes(1);
    expect(waits[0]).toBeGreaterThanOrEqual(1_000);
    expect(stuck).not.toHaveBeenCalled();
  });

  it('is not opened while there is no room for what that writes', async () => {
    let room = false;
    const { database } = await openDatabase(() => room);
    closeByForce(database);
    const open = vi.spyOn(database, 'open');
    await expect(putRows(database, { delta: [row] }, 'strict')).rejects.toThrow(WriteFailure);
    await expect(putRows(database, { delta: [row] }, 'strict')).rejects.toThrow('no room');
    expect(open).not.toHaveBeenCalled();
    room = true;
    await putRows(database, { delta: [row] }, 'strict');
    expect(await getRows(database, 'delta', ['a'])).toEqual([row]);
  });

  it('that gives no answer is reported as stuck', async () => {
    const { database, stuck } = await openDatabase();
    closeByForce(database);
    await expect(putRows(database, { delta: [row] }, 'strict')).rejects.toThrow(WriteFailure);
    vi.spyOn(database, 'open').mockReturnValue(new Promise(() => undefined) as never);
    await expect(getRows(database, 'delta', ['a'])).rejects.toThrow('no answer');
    expect(stuck).toHaveBeenCalledTimes(1);
  });

  it('ends a transaction that it has forgotten', async () => {
    const { database } = await openDatabase();
    const connection = database.backendDB();
    const transaction = connection.transaction.bind(connection);
    connection.transaction = (...given) => {
      const made = transaction(...given);
      made.commit = () => undefined;
      made.addEventListener = () => undefined;
      return made;
    };
    let close: unknown;
    connection.addEventListener = (name: string, listener: unknown) => {
      if (name === 'close') close = listener;
    };
    const writing = putRows(database, { delta: [row] }, 'strict');
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (typeof close === 'function') close();
    await expect(writing).rejects.toThrow('is closing');
  });
});

describe('a write that fails', () => {
  it('is never damage, whatever Chromium calls it', async () => {
    const { database } = await openDatabase();
    const words = new DOMException('Connection is closing.', 'UnknownError');
    expect(isDamage(words)).toBe(true);
    database.backendDB().transaction = () => {
      throw words;
    };
    const failure: unknown = await putRows(database, { delta: [row] }, 'strict').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(WriteFailure);
    expect(isDamage(failure)).toBe(false);
  });
});
