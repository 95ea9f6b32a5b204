import fs from 'node:fs';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import {
  blobHashSchema,
  blobLimits,
  chunkMediaType,
  tusExtensions,
  tusVersion,
} from '../../shared/sync/protocol-blobs.ts';
import { problemSchema, protocolPaths } from '../../shared/sync/protocol.ts';
import type { Author } from '../admission/authors.ts';
import type { BegunUpload } from '../blobs/blob-folder.ts';
import type { Blobs } from '../blobs/blobs.ts';
import { noUpload } from '../blobs/uploads.ts';
import type { Endpoint } from '../endpoint.ts';
import { ProblemError } from '../problem-error.ts';
import { readRange } from './byte-range.ts';
import { readChecksum, readCount, readMetadata } from './tus-headers.ts';
import { findCaller } from './signed-in.ts';

const params = z.strictObject({ hash: blobHashSchema });
interface OfBlob {
  readonly Params: z.infer<typeof params>;
}
const path = `${protocolPaths.blobs}/:hash`;

/** Contents of attachments: uploads by tus 1.0, downloads by ranges; see `protocol-blobs.ts`. */
export async function addBlobRoutes(
  app: FastifyInstance,
  endpoint: Endpoint,
  requestsPerMinute: number,
): Promise<void> {
  // In a plugin of its own: only here a body is left unread, and every answer says which tus it speaks.
  await app.register(async (plugin) => {
    plugin.addContentTypeParser(chunkMediaType, (_request, body, done) => done(null, body));
    plugin.addHook('onRequest', (request, reply, done) => {
      void reply.header('tus-resumable', tusVersion);
      const isTus = request.method !== 'GET' && request.method !== 'OPTIONS';
      if (!isTus || request.headers['tus-resumable'] === tusVersion) return done();
      void reply.header('tus-version', tusVersion);
      done(new ProblemError('wrong-tus-version', tusVersion, 'header tus-resumable', 'Speak tus 1.0.0.'));
    });
    const config = { rateLimit: { max: requestsPerMinute, timeWindow: 60_000 } };
    const schema = { security: [{ token: [] }], response: { '4xx': problemSchema } };

    plugin.options(
      protocolPaths.blobs,
      { config, schema: { summary: 'What of tus is spoken' } },
      async (_request, reply) => {
        const { uploads } = mustOffer(endpoint);
        void reply.header('tus-version', tusVersion).header('tus-extension', tusExtensions);
        void reply.header('tus-max-size', uploads.maxBytes).header('tus-checksum-algorithm', 'sha256');
        return await reply.code(204).send();
      },
    );

    plugin.post(protocolPaths.blobs, {
      config,
      schema: { ...schema, summary: 'Begin an upload: Upload-Length, and sha256 (hex) in Upload-Metadata' },
      handler: async (request, reply) => {
        const { caller, blobs } = await enter(endpoint, request);
        const length = readCount(request, 'upload-length');
        const hash = readMetadata(request);
        const known = await findWhole(blobs, caller, hash);
        void reply.header('location', `${protocolPaths.blobs}/${hash}`);
        if (known === null) tellUpload(reply, blobs, await blobs.uploads.begin(hash, caller.device.device, length));
        else void reply.header('upload-offset', known).header('upload-length', known);
        return await reply.code(201).send();
      },
    });

    plugin.head<OfBlob>(path, {
      config,
      schema: { ...schema, summary: 'How much of an upload is here, or how long a blob is', params },
      handler: async (request, reply) => {
        const { caller, blobs } = await enter(endpoint, request);
        const { hash } = request.params;
        void reply.header('cache-control', 'no-store');
        const known = await findWhole(blobs, caller, hash);
        if (known === null) {
          const upload = await blobs.uploads.find(hash, caller.device.device);
          if (upload === undefined) throw noUpload();
          tellUpload(reply, blobs, upload);
        } else void reply.header('upload-offset', known).header('upload-length', known);
        return await reply.code(200).send();
      },
    });

    plugin.patch<OfBlob>(path, {
      config,
      schema: { ...schema, summary: 'Go on with an upload', params, consumes: [chunkMediaType] },
      handler: async (request, reply) => {
        const { caller, blobs } = await enter(endpoint, request);
        if (Number(request.headers['content-length'] ?? 0) > blobLimits.chunkBytes)
          throw new ProblemError('too-large', `at most ${blobLimits.chunkBytes} bytes`, 'body', 'Send smaller chunks.');
        if (request.headers['content-type'] !== chunkMediaType)
          throw new ProblemError('wrong-media-type', chunkMediaType, 'header content-type', 'Send it as such.');
        const chunk = {
          offset: readCount(request, 'upload-offset'),
          checksum: readChecksum(request),
          body: request.body as Readable,
        };
        const upload = await blobs.uploads.append(request.params.hash, caller.device.device, chunk);
        tellUpload(reply, blobs, upload);
        return await reply.code(204).send();
      },
    });

    plugin.delete<OfBlob>(path, {
      config,
      schema: { ...schema, summary: 'Give an upload up', params },
      handler: async (request, reply) => {
        const { caller, blobs } = await enter(endpoint, request);
        if (!(await blobs.uploads.discard(request.params.hash, caller.device.device))) throw noUpload();
        return await reply.code(204).send();
      },
    });

    plugin.get<OfBlob>(path, {
      config,
      exposeHeadRoute: false,
      schema: { ...schema, summary: 'Read a blob that a record you may read refers to', params },
      handler: async (request, reply) => {
        const { caller, blobs } = await enter(endpoint, request);
        const { hash } = request.params;
        const bytes = await findWhole(blobs, caller, hash);
        if (bytes === null) throw noUpload();
        return await sendBlob(request, reply, blobs.folder.fileOf(hash), hash, bytes);
      },
    });
    await Promise.resolve();
  });
}

function mustOffer({ blobs }: Endpoint): Blobs {
  if (blobs !== null) return blobs;
  throw new ProblemError(
    'not-found',
    'an endpoint with a folder for attachments',
    'endpoint',
    'Start it with --blobs.',
  );
}

async function enter(endpoint: Endpoint, request: FastifyRequest): Promise<{ caller: Author; blobs: Blobs }> {
  return { caller: await findCaller(endpoint, request), blobs: mustOffer(endpoint) };
}

/**
 * Bytes of a whole blob that the caller may read or has sent itself; null as if there were none. A hash alone gives no
 * right, nor does it tell whether others have the blob: who has the content must send it.
 */
async function findWhole(blobs: Blobs, { actor, device }: Author, hash: string): Promise<number | null> {
  const found = await blobs.folder.look(hash);
  if (found === null) return null;
  if (await blobs.mayRead(actor, hash)) return found.bytes;
  const own = await blobs.folder.upload(hash, device.device);
  return own?.isDone === true ? found.bytes : null;
}

function tellUpload(reply: FastifyReply, blobs: Blobs, upload: BegunUpload): void {
  void reply.header('upload-offset', upload.received).header('upload-length', upload.length);
  if (!upload.isDone) void reply.header('upload-expires', blobs.endOf(upload).toUTCString());
}

async function sendBlob(
  request: FastifyRequest,
  reply: FastifyReply,
  file: string,
  hash: string,
  bytes: number,
): Promise<FastifyReply> {
  const tag = `"${hash}"`;
  void reply
    .header('etag', tag)
    .header('accept-ranges', 'bytes')
    .header('cache-control', 'private, max-age=31536000, immutable')
    // Whatever it is: nobody's browser shows it as a page of the endpoint's.
    .header('content-type', 'application/octet-stream')
    .header('content-disposition', 'attachment')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('x-content-type-options', 'nosniff');
  const known = request.headers['if-none-match']?.split(',').map((each) => each.trim().replace(/^W\//, ''));
  if (known?.includes(tag) === true || known?.includes('*') === true) return await reply.code(304).send();
  const ifRange = request.headers['if-range'];
  const range = ifRange === undefined || ifRange === tag ? readRange(request.headers.range, bytes) : null;
  if (range === 'none') {
    void reply.header('content-range', `bytes */${bytes}`);
    throw new ProblemError('range-not-satisfiable', `a range within ${bytes} bytes`, 'header range', 'Ask for less.');
  }
  if (range === null) return await reply.header('content-length', bytes).send(fs.createReadStream(file));
  const { start, end } = range;
  void reply.code(206).header('content-range', `bytes ${start}-${end}/${bytes}`);
  return await reply.header('content-length', end - start + 1).send(fs.createReadStream(file, { start, end }));
}
