import type { HelloAnswer } from '../../shared/sync/protocol.ts';
import type { SnapshotManifest } from '../../shared/sync/protocol-records.ts';
import { codeOf, count, type ExchangeSetting, type Traffic } from './exchange-step.ts';

interface Offered {
  readonly hash: string;
  readonly manifest: SnapshotManifest;
}

/**
 * A desk that is new, or too far behind for the log, begins with the parts of a snapshot, open and newest first: the desk
 * is usable after the first, and each that was taken is taken for good. While one is taken in, the next is on its way.
 * Afterwards the endpoint is to be greeted again: that tells what else must come.
 */
export async function fetchSnapshot(setting: ExchangeSetting, hello: HelloAnswer, traffic: Traffic): Promise<void> {
  try {
    await fetchParts(setting, hello, traffic);
  } catch (error) {
    // It is gone, or one's rights have changed: the next greeting offers another.
    if (codeOf(error) !== 'not-found') throw error;
  }
}

async function fetchParts(setting: ExchangeSetting, hello: HelloAnswer, traffic: Traffic): Promise<void> {
  const { calls, store, signal, progressed } = setting;
  const offered = await findSnapshot(setting, hello, traffic);
  if (offered === null) return;
  const { hash, manifest } = offered;
  const last = manifest.parts.length - 1;
  const total = manifest.parts.reduce((sum, { records }) => sum + records, 0);
  const before = store.standing().snapshot;
  // An empty space has no part to fetch, and yet is taken.
  const ask = (part: number): ReturnType<typeof calls.snapshotPart> =>
    last < 0
      ? Promise.resolve({ value: [], cost: { sentBytes: 0, receivedBytes: 0, ms: 0 } })
      : calls.snapshotPart(hash, part);
  let part = before?.hash === hash ? before.next : 0;
  let coming = ask(part);
  for (;;) {
    const heard = await coming;
    count(traffic, heard, signal);
    const next = part < last ? ask(part + 1) : null;
    // Whoever waits for it hears of its failure; nobody does when this part fails first.
    next?.catch(() => undefined);
    const taken = await store.takePart({ hash, manifest, part, records: heard.value });
    if (!taken.ok) return;
    traffic.operationsIn += heard.value.length;
    const done = manifest.parts.slice(0, taken.next).reduce((sum, { records }) => sum + records, 0);
    progressed({ direction: 'pull', done, total, unit: 'records', isFirst: true });
    if (taken.done) return;
    coming = next !== null && taken.next === part + 1 ? next : ask(taken.next);
    part = taken.next;
  }
}

/** The one of which parts are here, as long as the endpoint has it; else the one it offers. Null when neither is there. */
async function findSnapshot(
  { calls, store, signal }: ExchangeSetting,
  { snapshot }: HelloAnswer,
  traffic: Traffic,
): Promise<Offered | null> {
  const names = new Set([store.standing().snapshot?.hash, snapshot?.hash]);
  for (const hash of names) {
    if (hash === undefined) continue;
    try {
      const heard = await calls.snapshot(hash);
      count(traffic, heard, signal);
      return { hash, manifest: heard.value };
    } catch (error) {
      if (codeOf(error) !== 'not-found') throw error;
    }
  }
  return null;
}
