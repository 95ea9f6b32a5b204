import { recordKey } from '../../shared/sync/fold.ts';
import type { BackupInfo, PurgeAnswer, PurgeRequest, StorageStatus } from '../../shared/sync/protocol-storage.ts';
import type { Endpoint } from '../endpoint.ts';
import type { StoreReader } from '../store/store.ts';
import type { CareOptions } from './caretaker.ts';

const dayMs = 24 * 3_600_000;

/** What the endpoint keeps beside the records. */
export async function readStorage({ store }: Endpoint, care: CareOptions): Promise<StorageStatus> {
  return await store.read(async (reader) => {
    const { head, minPosition } = await reader.space();
    const snapshots = await reader.archive.snapshots();
    return {
      head,
      minPosition,
      retentionDays: care.keepLogMs === null ? null : care.keepLogMs / dayMs,
      snapshotEvery: { entries: care.snapshotEveryEntries, ms: care.snapshotEveryMs },
      snapshots: snapshots.flatMap(({ position, madeAt, bytes, parts }) =>
        madeAt === null ? [] : [{ position, createdAt: madeAt, bytes, parts }],
      ),
      making: snapshots.some(({ madeAt }) => madeAt === null),
      backups: await readBackups(reader),
    };
  });
}

/** Empties a record for good and names the backups that still have it. `user`: id of the person who asks for it. */
export async function purgeFromSpace(
  { admission, store, blobs }: Endpoint,
  record: PurgeRequest,
  user: string,
): Promise<PurgeAnswer> {
  const { purged, entries } = await admission.purge(record, user);
  if (blobs !== null) {
    const keys = purged.map(recordKey);
    await blobs.removeUnreferred(await store.read(async (reader) => await reader.blobsOf(keys)));
  }
  return { purged: [...purged], entries, backups: await store.read(readBackups) };
}

async function readBackups({ archive }: StoreReader): Promise<BackupInfo[]> {
  return [...(await archive.backups())];
}
