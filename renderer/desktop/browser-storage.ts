/** Strings and bytes by key in the browser's own database, for the stand-in only. Keys sort as text. */
export interface BrowserStorage {
  readonly read: (key: string) => Promise<unknown>;
  readonly write: (entries: readonly (readonly [key: string, value: unknown])[]) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
  /** Entries with `from <= key < to`, in order, at most `limit`. */
  readonly range: (
    from: string,
    to: string,
    limit: number,
  ) => Promise<readonly { readonly key: string; readonly value: unknown }[]>;
  readonly lastKey: (from: string, to: string) => Promise<string | undefined>;
}

const store = 'values';

export async function openBrowserStorage(name: string): Promise<BrowserStorage> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error(`could not open the browser database ${name}`));
  });
  const within = (from: string, to: string): IDBKeyRange => IDBKeyRange.bound(from, to, false, true);
  const cursorOver = (from: string, to: string, direction: IDBCursorDirection): IDBRequest<IDBCursorWithValue | null> =>
    database.transaction(store).objectStore(store).openCursor(within(from, to), direction);

  return {
    read: (key) => settle(database.transaction(store).objectStore(store).get(key)),
    write: (entries) =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
        for (const [key, value] of entries) transaction.objectStore(store).put(value, key);
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error('the browser refused to store'));
      }),
    remove: async (key) => {
      await settle(database.transaction(store, 'readwrite').objectStore(store).delete(key));
    },
    range: (from, to, limit) =>
      new Promise((resolve, reject) => {
        const found: { readonly key: string; readonly value: unknown }[] = [];
        const request = cursorOver(from, to, 'next');
        request.onerror = () => reject(request.error ?? new Error('could not read'));
        request.onsuccess = () => {
          const cursor = request.result;
          if (cursor === null || found.length >= limit) return resolve(found);
          found.push({ key: String(cursor.key), value: cursor.value });
          cursor.continue();
        };
      }),
    lastKey: async (from, to) => {
      const cursor = await settle(cursorOver(from, to, 'prev'));
      return cursor === null ? undefined : String(cursor.key);
    },
  };
}

function settle<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser refused the request'));
  });
}
