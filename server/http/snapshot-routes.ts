import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problemSchema, protocolLimits, protocolPaths } from '../../shared/sync/protocol.ts';
import { snapshotManifestSchema } from '../../shared/sync/protocol-records.ts';
import type { Author } from '../admission/authors.ts';
import type { Endpoint } from '../endpoint.ts';
import { ProblemError } from '../problem-error.ts';
import {
  findSnapshot,
  readPart,
  writeManifest,
  type PartFile,
  type ScopedSnapshot,
} from '../snapshot/scoped-snapshot.ts';
import type { StoreReader } from '../store/store.ts';
import { findCaller } from './signed-in.ts';

const security = [{ token: [] }];
const hash = z.string().regex(/^[A-Za-z0-9_-]{22}$/, 'expected the hash of a snapshot');
const cacheControl = 'private, max-age=31536000, immutable';
/** That a snapshot is in use is noted at most this often. */
const notedEveryMs = 60_000;

/** What a new desk begins with: files that never change, so that what was fetched need not be fetched again. */
export function addSnapshotRoutes(app: FastifyInstance, endpoint: Endpoint): void {
  const routes = app.withTypeProvider<ZodTypeProvider>();
  const config = { rateLimit: { max: protocolLimits.partsPerMinute, timeWindow: 60_000 } };

  routes.get(`${protocolPaths.snapshots}/:hash`, {
    config,
    schema: {
      summary: 'What a snapshot is made of',
      security,
      params: z.strictObject({ hash }),
      response: { 200: snapshotManifestSchema, '4xx': problemSchema },
    },
    handler: async (request, reply) => {
      const caller = await findCaller(endpoint, request);
      const manifest = await endpoint.store.read(async (store) => {
        const snapshot = await mustFind(store, caller, request.params.hash);
        return await writeManifest(store, caller.actor, snapshot);
      });
      void reply.header('cache-control', cacheControl);
      return manifest;
    },
  });

  routes.get(`${protocolPaths.snapshots}/:hash/:part`, {
    config,
    schema: {
      summary: 'A part of a snapshot: gzip of one record state a line; Range, If-Range and If-None-Match are heeded',
      security,
      params: z.strictObject({ hash, part: z.coerce.number().int().min(0).max(999_999) }),
    },
    handler: async (request, reply) => {
      const caller = await findCaller(endpoint, request);
      const [snapshot, file] = await endpoint.store.read(async (store) => {
        const found = await mustFind(store, caller, request.params.hash);
        return [found, await readPart(store, caller.actor, found, request.params.part)] as const;
      });
      if (file === undefined) throw missing();
      await noteUse(endpoint, snapshot);
      return await sendFile(request, reply, file);
    },
  });
}

async function mustFind(store: StoreReader, { actor }: Author, name: string): Promise<ScopedSnapshot> {
  const found = await findSnapshot(store, actor, name);
  if (found === undefined) throw missing();
  return found;
}

/** The same for one that is gone and for one of other rights. */
function missing(): ProblemError {
  return new ProblemError('not-found', 'a snapshot that is kept, for your rights', 'path', 'Say hello and take its.');
}

/** Keeps what somebody is fetching from being dropped under their hands. */
async function noteUse({ store, now }: Endpoint, { row }: ScopedSnapshot): Promise<void> {
  const at = now();
  if (at - row.usedAt > notedEveryMs)
    await store.write(async (writer) => await writer.archive.touchSnapshot(row.hash, at));
}

async function sendFile(request: FastifyRequest, reply: FastifyReply, { body, tag }: PartFile): Promise<FastifyReply> {
  const etag = `"${tag}"`;
  void reply
    .header('etag', etag)
    .header('cache-control', cacheControl)
    .header('accept-ranges', 'bytes')
    .header('content-type', 'application/gzip');
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag) === true) return await reply.code(304).send();
  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === etag ? readRange(request.headers.range, body.length) : undefined;
  if (range === undefined) return await reply.send(Buffer.from(body));
  const [from, to] = range;
  void reply.code(206).header('content-range', `bytes ${from}-${to}/${body.length}`);
  return await reply.send(Buffer.from(body.subarray(from, to + 1)));
}

/** First and last byte of the one range asked for; undefined when all is to be sent (several, or other units). */
function readRange(text: string | undefined, length: number): readonly [number, number] | undefined {
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(text ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  if (first !== '' && last !== '' && Number(last) < from) return undefined;
  if (from <= to) return [from, to];
  throw new ProblemError(
    'range-not-satisfiable',
    `a range within ${length} bytes`,
    'header range',
    'Fetch the part from its beginning.',
  );
}
