import type { Database, StoredRows, StoreName } from './database.ts';

/**
 * Rows by hand, past Dexie: every request is made at once and the transaction is told to commit, so that a save costs
 * one round trip to the storage process and not one a request (measured: half the time of the same by Dexie).
 */

/** Rows by store. */
export type RowsToPut = { readonly [Name in StoreName]?: readonly StoredRows[Name][] };

/** Keys by store of rows to delete. */
export type KeysToDelete = { readonly [Name in StoreName]?: readonly IDBValidKey[] };

/**
 * A write that was not made, for whatever reason: mostly a full disk, which Chromium reports in the same words as damage.
 * Never taken for damage; the rows are as they were.
 */
export class WriteFailure extends Error {
  constructor(cause: unknown) {
    super(String(cause), { cause });
    this.name = 'WriteFailure';
  }
}

/**
 * Puts rows into one or more stores, after deleting others, in one transaction; resolves when it is committed, rejects
 * when nothing was.
 */
export async function putRows(
  database: Database,
  rows: RowsToPut,
  durability: IDBTransactionDurability,
  deleted: KeysToDelete = {},
): Promise<void> {
  const puts = Object.entries(rows).filter(([, each]) => each.length > 0);
  const deletions = Object.entries(deleted).filter(([, keys]) => keys.length > 0);
  if (puts.length + deletions.length === 0) return;
  try {
    const connection = await openConnection(database);
    await noteClosing(connection, () => commitChanges(connection, puts, deletions, durability));
  } catch (error) {
    throw new WriteFailure(error);
  }
}

async function commitChanges(
  connection: IDBDatabase,
  puts: readonly (readonly [name: string, rows: readonly unknown[]])[],
  deletions: readonly (readonly [name: string, keys: readonly IDBValidKey[]])[],
  durability: IDBTransactionDurability,
): Promise<void> {
  const names = new Set([...puts, ...deletions].map(([name]) => name));
  await new Promise<void>((resolve, reject) => {
    const transaction = connection.transaction([...names], 'readwrite', { durability });
    const abandoned = (): void => {
      reject(transaction.error ?? new Error(`${closingWords} while it was written`));
    };
    transaction.addEventListener('complete', () => {
      connection.removeEventListener('close', abandoned);
      resolve();
    });
    transaction.addEventListener('abort', abandoned);
    // Closed by force, a transaction may end without a word.
    connection.addEventListener('close', abandoned, { once: true });
    try {
      for (const [name, keys] of deletions) {
        const store = transaction.objectStore(name);
        for (const key of keys) store.delete(key);
      }
      for (const [name, rows] of puts) {
        const store = transaction.objectStore(name);
        for (const row of rows) store.put(row);
      }
      transaction.commit();
    } catch (error) {
      // What cannot be stored throws at once, and the rows before it would be committed without the rest.
      reject(error instanceof Error ? error : new Error(String(error)));
      transaction.abort();
    }
  });
}

/** Rows by key in one transaction, in the order of the keys; undefined where there is none. */
export async function getRows<Name extends StoreName>(
  database: Database,
  name: Name,
  keys: readonly IDBValidKey[],
): Promise<readonly (StoredRows[Name] | undefined)[]> {
  const connection = await openConnection(database);
  try {
    return await noteClosing(connection, () => readRows(connection, name, keys));
  } catch (error) {
    if (!closing.has(connection)) throw error;
    // The write that found the disk full took the connection with it, and this read by chance. The rows are there.
    return readRows(await openConnection(database), name, keys);
  }
}

function readRows<Name extends StoreName>(
  connection: IDBDatabase,
  name: Name,
  keys: readonly IDBValidKey[],
): Promise<readonly (StoredRows[Name] | undefined)[]> {
  return new Promise((resolve, reject) => {
    const transaction = connection.transaction(name, 'readonly');
    const store = transaction.objectStore(name);
    const requests = keys.map((key): IDBRequest<StoredRows[Name] | undefined> => store.get(key));
    // The last answer comes last: waiting for it saves waiting for the end of the transaction.
    const last = requests.at(-1);
    if (!last) resolve([]);
    last?.addEventListener('success', () => {
      resolve(requests.map((request) => request.result));
    });
    const abandoned = (): void => {
      reject(transaction.error ?? new Error(`${closingWords} while ${name} was read`));
    };
    transaction.addEventListener('abort', abandoned);
    connection.addEventListener('close', abandoned, { once: true });
    transaction.addEventListener('complete', () => {
      connection.removeEventListener('close', abandoned);
    });
  });
}

/** Connections that are being closed by Chromium, known from a failure before the event says so. */
const closing = new WeakSet<IDBDatabase>();
const closingWords = 'the connection is closing';

async function noteClosing<Value>(connection: IDBDatabase, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (isClosing(error)) closing.add(connection);
    throw error;
  }
}

/** Whether it was the connection that failed, not what was read or written over it. */
function isClosing(error: unknown): boolean {
  return error instanceof Error && (error.name === 'InvalidStateError' || /connection is closing/i.test(error.message));
}

/**
 * Chromium closes the connection when the disk is full; it opens again when there is room (never delete). To be called
 * before reading through Dexie, which does not open by itself what was closed.
 */
export async function openConnection(database: Database): Promise<IDBDatabase> {
  if (!database.isOpen() || closing.has(database.backendDB()))
    await (database.reopening?.open(database) ?? database.open());
  return database.backendDB();
}
