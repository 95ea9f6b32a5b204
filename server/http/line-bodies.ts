import type { FastifyInstance } from 'fastify';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { linesMediaType, protocolLimits } from '../../shared/sync/protocol.ts';
import { ProblemError } from '../problem-error.ts';

const unzip = promisify(gunzip);
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Takes NDJSON bodies as text, unzipped within the same limit, and only if they are sound UTF-8. */
export function addLineBodies(app: FastifyInstance): void {
  app.addContentTypeParser(
    linesMediaType,
    { parseAs: 'buffer', bodyLimit: protocolLimits.pushBytes },
    async (request: { readonly headers: Readonly<Record<string, unknown>> }, body: Buffer) => {
      const encoding = request.headers['content-encoding'] ?? 'identity';
      if (encoding === 'identity') return decode(body);
      if (encoding !== 'gzip')
        throw new ProblemError('wrong-media-type', 'gzip or identity', 'header content-encoding', 'Send it otherwise.');
      return decode(await unzipBody(body));
    },
  );
}

async function unzipBody(body: Buffer): Promise<Buffer> {
  try {
    return await unzip(body, { maxOutputLength: protocolLimits.pushBytes });
  } catch (error) {
    if (error instanceof RangeError)
      throw new ProblemError(
        'too-large',
        `at most ${protocolLimits.pushBytes} bytes`,
        'body',
        'Send fewer operations.',
      );
    throw new ProblemError('bad-request', 'a sound gzip body', 'body', 'Send it again.');
  }
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new ProblemError('bad-request', 'text in UTF-8', 'body', 'Encode the body as UTF-8.');
  }
}
