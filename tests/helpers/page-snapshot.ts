import { ownReader } from '../../renderer/data/remote/reader.ts';
import type { RemoteStore } from '../../renderer/data/remote/remote-store.ts';
import { entityDefinition } from '../../shared/domain/entities.ts';
import { sha256Hex, stateText } from '../../shared/sync/digest.ts';
import { recordKey } from '../../shared/sync/fold.ts';
import type { HelloAnswer } from '../../shared/sync/protocol.ts';
import type { RecordsAnswer, SnapshotManifest } from '../../shared/sync/protocol-records.ts';
import type { RecordState } from '../../shared/sync/record-state.ts';
import { voidingSchema } from '../../shared/sync/voiding.ts';
import type { PageEndpoint } from './page-endpoint.ts';
import { helloOf } from './page-hello.ts';

/** A snapshot as an endpoint offers it. */
export interface PageSnapshot {
  readonly hash: string;
  readonly manifest: SnapshotManifest;
  readonly parts: readonly (readonly RecordState[])[];
}

/** All the endpoint has now, so many records a part, newest first; entries are with their record. */
export function snapshotOf({ replica, log }: PageEndpoint, perPart: number): PageSnapshot {
  const states = replica.settledRecords();
  const roots = states.filter(({ entity }) => entityDefinition(entity)?.partOf === undefined).toReversed();
  const partsOf = (id: string): readonly RecordState[] =>
    states.filter((state) => entityDefinition(state.entity)?.partOf !== undefined && ownerOf(state) === id);
  const parts = Array.from({ length: Math.ceil(roots.length / perPart) }, (_, part) =>
    roots.slice(part * perPart, (part + 1) * perPart).flatMap((root) => [root, ...partsOf(root.id)]),
  );
  const manifest: SnapshotManifest = {
    format: 1,
    schemaVersion: ownReader.schemaVersion,
    epoch: 'e',
    position: log.length,
    createdAt: 1_760_000_000_000,
    held: replica.held,
    lastHash: replica.log.lastHashes(),
    scope: 's1',
    voidings: [...replica.voidings.values()].map((voiding) => ({ voiding: voidingSchema.parse(voiding), seal: null })),
    purges: [],
    parts: parts.map((records) => ({ records: records.length, bytes: 1 })),
  };
  return { hash: sha256Hex(`${log.length} ${stateText(states)}`), manifest, parts };
}

function ownerOf({ fields }: RecordState): unknown {
  return fields['ticket']?.heads[0]?.value;
}

export function helloWith(endpoint: PageEndpoint, { hash, manifest }: PageSnapshot): HelloAnswer {
  const { position } = manifest;
  return { ...helloOf(endpoint), snapshot: { hash, position, bytes: 1, parts: manifest.parts.length } };
}

/** Takes up to `most` parts, from the one that is next; false when the desk cannot stand on the snapshot. */
export async function takeParts(
  store: RemoteStore,
  { hash, manifest, parts }: PageSnapshot,
  most = Number.POSITIVE_INFINITY,
): Promise<boolean> {
  const { snapshot } = store.standing();
  let part = snapshot?.hash === hash ? snapshot.next : 0;
  for (let taken = 0; taken < most; taken += 1) {
    const answer = await store.takePart({ hash, manifest, part, records: parts[part] ?? [] });
    if (!answer.ok) return false;
    if (answer.done) return true;
    part = answer.next;
  }
  return true;
}

/** All records, in pages of so many. */
export async function giveRecords(store: RemoteStore, { replica, log }: PageEndpoint, limit: number): Promise<void> {
  const states = replica.settledRecords().toSorted((left, right) => (recordKey(left) < recordKey(right) ? -1 : 1));
  let after = '';
  for (let from = 0; ; from += limit) {
    const records = states.slice(from, from + limit);
    const last = records.at(-1);
    const next = last && from + limit < states.length ? recordKey(last) : null;
    const answer: RecordsAnswer = { records, held: replica.held, head: log.length, scope: 's1', next };
    await store.takeRecords(answer, after);
    if (next === null) return;
    after = next;
  }
}

/** What was named as stale, record by record, with the entries of its log. */
export async function giveStale(store: RemoteStore, { replica, log }: PageEndpoint): Promise<void> {
  for (const { entity, id } of store.standing().stale) {
    const records = replica
      .settledRecords()
      .filter((state) => recordKey(state) === `${entity}/${id}` || ownerOf(state) === id);
    await store.takeRecord({ records, held: replica.held, head: log.length, scope: 's1' });
  }
}
