/** What a raw look at the database says, before Dexie opens it. */
export type Preflight =
  | { readonly found: 'present' }
  /** Absent, or emptied by Chromium because it was damaged: `detail` is what Chromium says of that. */
  | { readonly found: 'absent'; readonly dataLoss: string; readonly detail: string }
  | { readonly found: 'unreadable'; readonly detail: string };

/** Chromium's own event carries what it threw away; no standard names it. */
interface LossyVersionChange {
  readonly dataLoss?: string;
  readonly dataLossMessage?: string;
}

/**
 * Looks whether a database is there without making one: an open that would create it is aborted. A damaged IndexedDB
 * comes back empty under version 0 and reports no error; only the event of that open says why.
 */
export function preflight(indexedDb: IDBFactory, name: string): Promise<Preflight> {
  return new Promise((resolve) => {
    let absent: Preflight | null = null;
    const request = indexedDb.open(name);
    request.addEventListener('upgradeneeded', (event) => {
      const { dataLoss = 'none', dataLossMessage = '' }: LossyVersionChange = event as unknown as LossyVersionChange;
      absent = { found: 'absent', dataLoss, detail: dataLossMessage };
      request.transaction?.abort();
    });
    request.addEventListener('success', () => {
      request.result.close();
      resolve({ found: 'present' });
    });
    request.addEventListener('error', () => {
      resolve(absent ?? { found: 'unreadable', detail: String(request.error) });
    });
    request.addEventListener('blocked', () => {
      resolve({ found: 'unreadable', detail: 'another window holds the database' });
    });
  });
}
