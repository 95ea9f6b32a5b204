import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { recordKey } from '../../shared/sync/fold.ts';
import { excerptSchema } from '../../shared/sync/operation.ts';
import { parseSnapshotPart } from '../../shared/sync/protocol-lines.ts';
import type { SnapshotManifest } from '../../shared/sync/protocol-records.ts';
import { voidingSchema } from '../../shared/sync/voiding.ts';
import { View } from '../http/pull-page.ts';
import { maySee, scopeDigest, seesEverything, type Reader } from '../http/visibility.ts';
import type { LogRow, StoreReader } from '../store/store.ts';
import { countBranches, digestOf, readOffered, type OfferedSnapshot } from './snapshot-book.ts';

const zip = promisify(gzip);
const unzip = promisify(gunzip);

/** A snapshot under the name it has for one scope: with other rights it has another. */
export interface ScopedSnapshot extends OfferedSnapshot {
  readonly hash: string;
  readonly scope: string;
  readonly epoch: string;
}

/** The newest snapshot for a caller, or the one of that name. */
export async function findSnapshot(
  store: StoreReader,
  reader: Reader,
  hash?: string,
): Promise<ScopedSnapshot | undefined> {
  const branches = await countBranches(store);
  const scope = scopeDigest(reader, branches);
  const { epoch } = await store.space();
  return (await readOffered(store, branches))
    .map((offered) => ({ ...offered, hash: digestOf(`${offered.row.hash}\n${scope}\n${epoch}`), scope, epoch }))
    .find((each) => hash === undefined || each.hash === hash);
}

export async function writeManifest(
  store: StoreReader,
  reader: Reader,
  { row, book, scope, epoch }: ScopedSnapshot,
): Promise<SnapshotManifest> {
  const isInside = ({ position }: LogRow): boolean => position <= row.position;
  const voidings = (await store.voidings())
    .filter(isInside)
    .map(({ body, seal }) => ({ voiding: voidingSchema.parse(JSON.parse(body)), seal }));
  const purges = (await store.archive.purges())
    .filter(isInside)
    .map(({ body }) => excerptSchema.parse(JSON.parse(body)));
  const manifest = {
    format: 1 as const,
    schemaVersion: book.schemaVersion,
    epoch,
    position: row.position,
    createdAt: row.madeAt ?? 0,
    held: book.held,
    lastHash: book.lastHash,
    scope,
    parts: book.parts.map(({ records, bytes }) => ({ records, bytes })),
  };
  if (seesEverything(reader)) return { ...manifest, voidings, purges };
  const touched = [...voidings.flatMap(({ voiding }) => voiding.replaced), ...purges.flatMap(({ writes }) => writes)];
  const view = await View.read(store, reader, touched.map(recordKey));
  const shows = (each: { readonly entity: string; readonly id: string }): boolean => view.shows(recordKey(each));
  return {
    ...manifest,
    voidings: voidings.map(({ voiding, seal }) => {
      const replaced = voiding.replaced.filter(shows);
      return replaced.length === voiding.replaced.length
        ? { voiding, seal }
        : { voiding: { ...voiding, replaced }, seal: null };
    }),
    purges: purges
      .map((operation) => ({ ...operation, writes: operation.writes.filter(shows) }))
      .filter(({ writes }) => writes.length > 0),
  };
}

export interface PartFile {
  readonly body: Uint8Array;
  /** Of the content: equal for equal bytes. */
  readonly tag: string;
}

/**
 * One part as the caller may see it. Who sees part of the space gets what was visible to them then and is now: what came
 * into view since comes as state with the entries that follow.
 */
export async function readPart(
  store: StoreReader,
  reader: Reader,
  { row, book }: ScopedSnapshot,
  part: number,
): Promise<PartFile | undefined> {
  const named = book.parts[part];
  const body = named && (await store.archive.snapshotPart(row.hash, named.place));
  if (named === undefined || body === undefined) return undefined;
  if (seesEverything(reader)) return { body, tag: named.digest };
  const parsed = parseSnapshotPart((await unzip(body)).toString());
  if (!parsed.ok) throw new Error(`snapshot ${row.hash}, part ${part}: ${parsed.failure.message}`);
  const then = new Map(parsed.value.map((state) => [recordKey(state), state]));
  const seen = parsed.value.filter((state) => maySee(reader, state, (key) => then.get(key)));
  const now = await View.read(store, reader, seen.map(recordKey));
  const kept = seen.filter((state) => now.shows(recordKey(state)));
  const scoped = await zip(kept.map((state) => `${JSON.stringify(state)}\n`).join(''));
  return { body: scoped, tag: digestOf(scoped) };
}
