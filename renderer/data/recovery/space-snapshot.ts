import { z } from 'zod';
import type { SnapshotInfo } from '../../../shared/desktop-api.ts';
import { packBody } from '../storage/body-codec.ts';
import type { PackedBody } from '../storage/body-codec.ts';
import { askDesktop } from '../desktop-port.ts';
import type { DesktopPort } from '../desktop-port.ts';
import type { Space } from '../engine/space.ts';
import { seqOf } from '../../../shared/sync/version-vector.ts';

/**
 * A snapshot outside IndexedDB: merged state of every record with the version vector it stands for. Own operations are
 * in the journal beside it; together they rebuild the space. Part 0 is the head, the others are gzip of NDJSON bodies.
 */
const bodiesPerPart = 2_000;

const headSchema = z.object({
  format: z.literal(1),
  vector: z.record(z.string(), z.int().positive()),
  hashes: z.record(z.string(), z.string()),
  references: z.record(z.string(), z.int().nonnegative()),
  clock: z.tuple([z.int(), z.int()]),
  user: z.string(),
  device: z.string(),
});
export type SnapshotHead = z.infer<typeof headSchema>;

/** Writes a snapshot of everything applied so far. Between parts the desk goes on working: a body changed meanwhile is newer, which joining allows. */
export async function writeSnapshot(space: Space, name: string, port: DesktopPort): Promise<SnapshotInfo> {
  const { meta, tables, store } = space.state;
  const head: SnapshotHead = {
    format: 1,
    vector: { ...meta.vector },
    hashes: { ...meta.hashes },
    references: { ...meta.references },
    clock: [...meta.clock],
    user: meta.user,
    device: meta.device,
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
  for (let at = 0, part = 1; at < ids.length; at += bodiesPerPart, part += 1) {
    const bodies = await store.read(ids.slice(at, at + bodiesPerPart));
    const text = [...bodies.values()].map((body) => JSON.stringify(packBody(body))).join('\n');
    await askDesktop(port, 'snapshotWrite', {
      space: name,
      id,
      part,
      bytes: await transform(new TextEncoder().encode(text), new CompressionStream('gzip')),
    });
  }
  return askDesktop(port, 'snapshotCommit', { space: name, id });
}

export interface ReadSnapshot {
  readonly head: SnapshotHead;
  readonly bodies: AsyncGenerator<readonly PackedBody[]>;
}

/** Opens the newest snapshot whose files are whole; null when there is none. */
export async function openSnapshot(name: string, port: DesktopPort): Promise<ReadSnapshot | null> {
  const list = await askDesktop(port, 'snapshotList', { space: name });
  const newest = list.filter((info) => info.verified).toSorted((left, right) => right.takenAt - left.takenAt);
  for (const info of newest) {
    const part = await port.ask('snapshotRead', { space: name, id: info.id, part: 0 });
    if (!part.ok) continue;
    const head = headSchema.safeParse(JSON.parse(new TextDecoder().decode(part.value.bytes)));
    if (head.success) return { head: head.data, bodies: readBodies(name, info, port) };
  }
  return null;
}

async function* readBodies(name: string, info: SnapshotInfo, port: DesktopPort): AsyncGenerator<readonly PackedBody[]> {
  for (let part = 1; part < info.parts; part += 1) {
    const { bytes } = await askDesktop(port, 'snapshotRead', { space: name, id: info.id, part });
    const text = new TextDecoder().decode(await transform(bytes, new DecompressionStream('gzip')));
    yield text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as PackedBody);
  }
}

async function transform(
  bytes: Uint8Array,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const source = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(source).arrayBuffer());
}
