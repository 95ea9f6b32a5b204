import { z } from 'zod';
import type { SnapshotInfo } from '../../../shared/desktop-api.ts';
import type { PackedBody } from '../storage/body-codec.ts';
import { askDesktop } from '../desktop-port.ts';
import type { DesktopPort } from '../desktop-port.ts';
import type { Space } from '../engine/space.ts';
import { keepRemote, keptRemoteSchema } from './kept-remote.ts';
import { versionVectorSchema } from '../../../shared/sync/protocol.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';
import { getRows } from '../storage/raw-rows.ts';
import type { ScopeRow } from '../storage/remote-rows.ts';

/**
 * A snapshot outside IndexedDB: merged state of every record with the version vector it stands for. Own operations are
 * in the journal beside it; together they rebuild the space. Part 0 is the head, the others are gzip of NDJSON: first
 * scope rows, then bodies, so that no body is older than what is said of its scope.
 */
const rowsPerPart = 2_000;

const scopeRowSchema: z.ZodType<ScopeRow> = z.object({
  key: z.string(),
  state: z.string().nullable(),
  held: z.union([versionVectorSchema, z.string()]).nullable(),
});

const headSchema = z.object({
  format: z.literal(1),
  vector: z.record(z.string(), z.int().positive()),
  hashes: z.record(z.string(), z.string()),
  references: z.record(z.string(), z.int().nonnegative()),
  clock: z.tuple([z.int(), z.int()]),
  user: z.string(),
  device: z.string(),
  /** What is known beside the bodies; absent in snapshots of desks that never met an endpoint. */
  remote: keptRemoteSchema.exactOptional(),
  /** How many of the parts after this one hold how records came into scope; bodies follow them. */
  scopeParts: z.int().nonnegative().default(0),
});
export type SnapshotHead = z.infer<typeof headSchema>;

/** Writes a snapshot of everything applied so far. Between parts the desk goes on working: a body changed meanwhile is newer, which joining allows. */
export async function writeSnapshot(space: Space, name: string, port: DesktopPort): Promise<SnapshotInfo> {
  const { meta, tables, store } = space.state;
  const scopeKeys = await space.database.scope.toCollection().primaryKeys();
  const scopeParts = Math.ceil(scopeKeys.length / rowsPerPart);
  const head: SnapshotHead = {
    format: 1,
    vector: { ...meta.vector },
    hashes: { ...meta.hashes },
    references: { ...meta.references },
    clock: [...meta.clock],
    user: meta.user,
    device: meta.device,
    ...(await keepRemote(space)),
    scopeParts,
  };
  const ids = [...tables.all()].flatMap((table) => Array.from({ length: table.size }, (_, row) => table.idAt(row)));
  const { id } = await askDesktop(port, 'snapshotBegin', {
    space: name,
    lastSeq: seqOf(meta.vector, meta.device),
    records: ids.length,
  });
  await askDesktop(port, 'snapshotWrite', {
    space: name,
    id,
    part: 0,
    bytes: new TextEncoder().encode(JSON.stringify(head)),
  });
  const write = async (part: number, lines: readonly string[]): Promise<void> => {
    const text = new TextEncoder().encode(lines.join('\n'));
    const bytes = await transform(text, new CompressionStream('gzip'));
    await askDesktop(port, 'snapshotWrite', { space: name, id, part, bytes });
  };
  for (let part = 0; part < scopeParts; part += 1) {
    const keys = scopeKeys.slice(part * rowsPerPart, (part + 1) * rowsPerPart);
    const rows = await getRows(space.database, 'scope', keys);
    await write(
      1 + part,
      rows.flatMap((row) => (row ? [JSON.stringify(row)] : [])),
    );
  }
  for (let at = 0, part = 1 + scopeParts; at < ids.length; at += rowsPerPart, part += 1)
    await write(part, [...(await store.readTexts(ids.slice(at, at + rowsPerPart))).values()]);
  return askDesktop(port, 'snapshotCommit', { space: name, id });
}

export interface ReadSnapshot {
  readonly head: SnapshotHead;
  /** Wall time in ms. */
  readonly takenAt: number;
  readonly scopes: AsyncGenerator<readonly ScopeRow[]>;
  readonly bodies: AsyncGenerator<readonly PackedBody[]>;
}

/** The newest snapshot all of whose files are whole, or null; and how many newer ones were not. */
export async function openSnapshot(
  name: string,
  port: DesktopPort,
): Promise<{ readonly snapshot: ReadSnapshot | null; readonly damaged: number }> {
  const list = await askDesktop(port, 'snapshotList', { space: name });
  // A nearly empty one is better than none.
  const best = list.toSorted(
    (left, right) => Number(right.verified) - Number(left.verified) || right.takenAt - left.takenAt,
  );
  let damaged = 0;
  for (const info of best) {
    const head = await readWhole(name, info, port);
    if (head) {
      const bodiesFrom = 1 + head.scopeParts;
      const scopes = readParts(name, info, port, [1, bodiesFrom], (line) => scopeRowSchema.parse(JSON.parse(line)));
      const bodies = readParts(name, info, port, [bodiesFrom, info.parts], (line) => JSON.parse(line) as PackedBody);
      return { snapshot: { head, takenAt: info.takenAt, scopes, bodies }, damaged };
    }
    damaged += 1;
  }
  return { snapshot: null, damaged };
}

/** The head, once every part has been read: a rebuild must not find out half-way that the rest is missing. */
async function readWhole(name: string, info: SnapshotInfo, port: DesktopPort): Promise<SnapshotHead | null> {
  let head: SnapshotHead | null = null;
  for (let part = 0; part < info.parts; part += 1) {
    const read = await port.ask('snapshotRead', { space: name, id: info.id, part });
    if (!read.ok) return null;
    if (part > 0) continue;
    const parsed = headSchema.safeParse(parseJson(new TextDecoder().decode(read.value.bytes)));
    if (!parsed.success) return null;
    head = parsed.data;
  }
  return head;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the schema says so.
    return undefined;
  }
}

async function* readParts<Row>(
  name: string,
  info: SnapshotInfo,
  port: DesktopPort,
  [from, upTo]: readonly [number, number],
  parse: (line: string) => Row,
): AsyncGenerator<readonly Row[]> {
  for (let part = from; part < upTo; part += 1) {
    const { bytes } = await askDesktop(port, 'snapshotRead', { space: name, id: info.id, part });
    const text = new TextDecoder().decode(await transform(bytes, new DecompressionStream('gzip')));
    yield text
      .split('\n')
      .filter((line) => line !== '')
      .map(parse);
  }
}

async function transform(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(source).arrayBuffer());
}
