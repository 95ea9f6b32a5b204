import { z } from 'zod';

/**
 * Contents of attachments: bytes under the hex SHA-256 of themselves, never changed, sent apart from the log. Uploads
 * speak tus 1.0 (core, creation, checksum, expiration, termination): `POST /v1/blobs` begins one, `HEAD` tells how much
 * of it is there, `PATCH` goes on from that byte, and the last byte is taken only if the whole has the hash it was
 * announced by. `GET` reads, by ranges.
 *
 * A record refers to a blob by a field whose value is `blobReference(hash)`: whoever may read such a record may read the
 * blob. The text tells by itself, so that an endpoint also keeps what records of a newer version refer to.
 */
export const blobLimits = {
  /** Largest blob of an endpoint that was not told otherwise (reliability-bars 6). */
  bytes: 25 * 1024 * 1024,
  /** Most that one PATCH carries: what a cut costs at most. */
  chunkBytes: 1024 * 1024,
  /** Uploads one device may have begun and not finished. */
  uploads: 16,
  /** An upload that nothing was added to for so long (ms) is thrown away. */
  uploadLastsMs: 7 * 24 * 3_600_000,
  /** A blob that no record refers to is thrown away after this time (ms): the record may come later than its blob. */
  orphanLastsMs: 30 * 24 * 3_600_000,
  requestsPerMinute: 1_200,
} as const;

export const tusVersion = '1.0.0';
export const tusExtensions = 'creation,checksum,expiration,termination';
export const chunkMediaType = 'application/offset+octet-stream';

export const blobHashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'expected 64 hex digits of SHA-256');

const prefix = 'blob:';

/** The value of a field that refers to a blob. */
export function blobReference(hash: string): string {
  return prefix + blobHashSchema.parse(hash);
}

/** The hash a field value refers to; null for every other value. */
export function blobOf(value: unknown): string | null {
  if (typeof value !== 'string' || !value.startsWith(prefix)) return null;
  const parsed = blobHashSchema.safeParse(value.slice(prefix.length));
  return parsed.success ? parsed.data : null;
}
