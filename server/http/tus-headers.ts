import type { FastifyRequest } from 'fastify';
import { blobHashSchema } from '../../shared/sync/protocol-blobs.ts';
import { ProblemError } from '../problem-error.ts';

/** A count of bytes in a header; required. */
export function readCount(request: FastifyRequest, name: 'upload-length' | 'upload-offset'): number {
  const text = request.headers[name];
  if (typeof text === 'string' && /^\d{1,15}$/.test(text)) return Number(text);
  throw bad(name, 'a number of bytes');
}

/** The hash an upload is announced by: `sha256` with the base64 of its hex digits (tus: values are base64). */
export function readMetadata(request: FastifyRequest): string {
  const text = request.headers['upload-metadata'];
  for (const pair of typeof text === 'string' ? text.split(',') : []) {
    const [key, value] = pair.trim().split(/ +/, 2);
    if (key !== 'sha256' || value === undefined) continue;
    const hash = blobHashSchema.safeParse(Buffer.from(value, 'base64').toString('latin1'));
    if (hash.success) return hash.data;
  }
  throw bad('upload-metadata', 'sha256 and the base64 of 64 hex digits');
}

/** Base64 of the chunk's SHA-256; null when the sender does not say it. */
export function readChecksum(request: FastifyRequest): string | null {
  const text = request.headers['upload-checksum'];
  if (text === undefined) return null;
  const [, checksum] = (typeof text === 'string' ? /^sha256 ([A-Za-z0-9+/]{43}=)$/.exec(text) : null) ?? [];
  if (checksum !== undefined) return checksum;
  throw bad('upload-checksum', 'sha256 and the base64 of 32 bytes');
}

function bad(header: string, expected: string): ProblemError {
  return new ProblemError('bad-request', expected, `header ${header}`, 'Correct the request; see /openapi.json.');
}
