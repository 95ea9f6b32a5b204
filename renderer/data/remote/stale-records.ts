import { recordKey } from '../../../shared/sync/fold.ts';
import { unlinked } from '../engine/remote-state.ts';
import type { RemoteMeta } from '../storage/database.ts';
import type { RemoteBatch } from './remote-batch.ts';

export interface RecordName {
  readonly entity: string;
  readonly id: string;
}

/**
 * Records of which too little is here to keep them up: they must be fetched anew. Named in the database until they are
 * here, since whoever fetches them may fail, or be ended.
 */
export function staleRecords(remote: RemoteMeta | undefined): readonly RecordName[] {
  return (remote?.stale ?? []).map((key) => {
    const slash = key.indexOf('/');
    return { entity: key.slice(0, slash), id: key.slice(slash + 1) };
  });
}

export function addStale(batch: RemoteBatch, records: readonly RecordName[]): void {
  if (records.length === 0) return;
  const remote = batch.meta.remote ?? unlinked;
  const stale = new Set([...(remote.stale ?? []), ...records.map(recordKey)]);
  batch.meta = { ...batch.meta, remote: { ...remote, stale: [...stale] } };
}

export function dropStale(batch: RemoteBatch, records: readonly RecordName[]): void {
  const { remote } = batch.meta;
  if (!remote?.stale?.length) return;
  const fresh = new Set(records.map(recordKey));
  const stale = remote.stale.filter((key) => !fresh.has(key));
  batch.meta = { ...batch.meta, remote: { ...remote, stale } };
}
