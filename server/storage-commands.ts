import type { Run } from './commands.ts';
import type { Endpoint } from './endpoint.ts';
import { systemUser } from './admission/system-writes.ts';
import type { CareOptions } from './snapshot/caretaker.ts';
import { makeSnapshot } from './snapshot/make-snapshot.ts';
import { purgeFromSpace, readStorage } from './snapshot/storage.ts';

/** Commands about what the endpoint keeps; the administration screens do the same. */
export function findStorageCommand(words: readonly string[], care: CareOptions): Run | undefined {
  const [noun, verb, name] = words;
  if (noun === 'storage' && verb === undefined) return async (endpoint, say) => await tellStorage(endpoint, care, say);
  if (noun === 'snapshot' && verb === 'make') return tellSnapshot;
  if (noun === 'purge' && verb !== undefined && name !== undefined)
    return async (endpoint, say) => await tellPurge(endpoint, { entity: verb, id: name }, say);
  return undefined;
}

const moment = (ms: number): string => new Date(ms).toISOString();

async function tellStorage(endpoint: Endpoint, care: CareOptions, say: (text: string) => void): Promise<void> {
  const { head, minPosition, retentionDays, snapshots, backups } = await readStorage(endpoint, care);
  say(`log\t${head} entries, ${minPosition} of them cold`);
  say(`kept\t${retentionDays === null ? 'warm for ever' : `warm for ${retentionDays} days`}`);
  for (const { position, createdAt, bytes, parts } of snapshots)
    say(`snapshot\t${position}\t${moment(createdAt)}\t${parts} parts\t${bytes} bytes`);
  for (const { file, madeAt, position } of backups) say(`backup\t${position}\t${moment(madeAt)}\t${file}`);
}

async function tellSnapshot({ store, now }: Endpoint, say: (text: string) => void): Promise<void> {
  const made = await makeSnapshot(store, { now, rest: 0 });
  say(
    made === null
      ? 'A snapshot is being made by an endpoint that runs.'
      : `Snapshot of ${made.position} entries: ${made.parts} parts, ${made.bytes} bytes`,
  );
}

async function tellPurge(
  endpoint: Endpoint,
  record: { readonly entity: string; readonly id: string },
  say: (text: string) => void,
): Promise<void> {
  const { purged, entries, backups } = await purgeFromSpace(endpoint, record, systemUser);
  for (const { entity, id, fields } of purged) say(`emptied\t${entity}/${id}\t${fields} fields`);
  say(purged.length === 0 ? 'There is nothing left to empty.' : `log\t${entries} entries emptied`);
  for (const { file, madeAt } of backups) say(`delete by hand, it still has it\t${moment(madeAt)}\t${file}`);
}
