import { z } from 'zod';
import { hashDigits, operationMaxBytes } from './operation.ts';
import { scopeWishSchema } from './protocol-scope.ts';

/**
 * What a desk and an endpoint say to each other over HTTP, first part: versions, limits, addresses, failures, greeting
 * and the answer to a push (sync-design 3.5). Lines of NDJSON bodies are in `protocol-lines.ts`, enrolment and tokens in
 * `protocol-identity.ts`, records and snapshots in `protocol-records.ts`, who edits what in `protocol-presence.ts`, contents of attachments in `protocol-blobs.ts`.
 * Invariants: every call may be repeated; a position in the log is a count, so that page `after` P holds the entries
 * P+1, P+2, ...; everything that is listed per device is a version vector or a map of one.
 */

/** Lowest and highest version spoken. Two sides meet when their ranges overlap; else the endpoint answers 426. */
export const protocolVersions: readonly [lowest: number, highest: number] = [1, 1];

/** Limits of every endpoint (reliability-bars 6). Sizes in bytes of UTF-8 JSON before compression. */
export const protocolLimits = {
  pushOperations: 500,
  pushBytes: 1024 * 1024,
  operationBytes: operationMaxBytes,
  jsonDepth: 32,
  pullEntries: 1_000,
  /** A page ends with the entry that reaches this, so that a slow line makes progress. */
  pullBytes: 1024 * 1024,
  recordsPage: 500,
  headerBytes: 16 * 1024,
  requestsPerMinute: 120,
  loginsPerMinute: 10,
  /**
   * Pages of the log and of all records, for each request a minute, and counted beside these: what a page costs is bounded
   * by its size, and whoever begins with a long log needs many.
   */
  pagesPerRequest: 5,
  /** Parts of snapshots and their manifests, beside the other requests. */
  partsPerMinute: 1_200,
} as const;

/** Media type of bodies with one JSON object a line. A request may carry `content-encoding: gzip`. */
export const linesMediaType = 'application/x-ndjson';

/** Addresses below the endpoint's root. */
export const protocolPaths = {
  challenge: '/v1/challenge',
  signIn: '/v1/sign-in',
  enrol: '/v1/enrol',
  token: '/v1/token',
  hello: '/v1/hello',
  push: '/v1/push',
  pull: '/v1/pull',
  events: '/v1/events',
  presence: '/v1/presence',
  blobs: '/v1/blobs',
  records: '/v1/records',
  snapshots: '/v1/snapshots',
  search: '/v1/search',
  devices: '/v1/devices',
} as const;

/** Every code of a failed call, with its HTTP status. */
export const problemStatus = {
  'bad-request': 400,
  'bad-line': 400,
  'not-signed-in': 401,
  'token-expired': 401,
  'device-revoked': 401,
  'refresh-reused': 401,
  'bad-credentials': 401,
  'not-permitted': 403,
  'not-found': 404,
  'epoch-changed': 409,
  'device-taken': 409,
  'offset-conflict': 409,
  'below-retention': 410,
  'wrong-tus-version': 412,
  'too-large': 413,
  'wrong-media-type': 415,
  'range-not-satisfiable': 416,
  'hash-mismatch': 422,
  'versions-do-not-meet': 426,
  'too-many-requests': 429,
  /** Of tus: the chunk is not what its checksum says. */
  'checksum-mismatch': 460,
  internal: 500,
  busy: 503,
  'storage-full': 507,
} as const satisfies Readonly<Record<string, number>>;
export type ProblemCode = keyof typeof problemStatus;

/** The body of every answer that is no success. `code` is for programs, the rest for people. */
export interface Problem {
  readonly code: ProblemCode;
  /** What the endpoint expected. */
  readonly expected: string;
  /** The part of the request it means, e.g. `line 3` or `body.device`. */
  readonly where: string;
  /** What to do now. */
  readonly action: string;
}

const [firstCode, ...otherCodes] = Object.keys(problemStatus) as [ProblemCode, ...ProblemCode[]];
export const problemSchema: z.ZodType<Problem> = z.object({
  code: z.enum([firstCode, ...otherCodes]),
  expected: z.string(),
  where: z.string(),
  action: z.string(),
});

/** Why an operation was refused and its place marked void (D7). The author's text stays with the author. */
export const voidCodes = [
  /** The author's roles, queues or the record do not allow it. */
  'not-permitted',
  /** A value does not fit its field: type, length, choice, or a required field missing. */
  'bad-value',
  /** Official numbers are given by the authority. */
  'authority-field',
  /** Entries of a log and fields written once cannot be changed. */
  'fixed-field',
  /** The operation names another person than the device is enrolled for. */
  'not-your-user',
  /** The field was purged for privacy, and the author had not seen that. */
  'purged',
  /** The device's own desk put it out of the way (it could not be read). Only for places not yet filled. */
  'withdrawn',
] as const;
export type VoidCode = (typeof voidCodes)[number];

export const deviceIdSchema = z
  .string()
  .regex(/^[0-9A-HJKMNP-TV-Z]{10}$/, 'expected 10 characters of Crockford base32');
export const dotSchema = z.templateLiteral([z.string(), ':', z.int().positive()]);
export const hashSchema = z
  .string()
  .regex(new RegExp(`^[0-9a-f]{${hashDigits}}$`), `expected ${hashDigits} hex digits`);
/** Kind or id of a record in a request. Databases do not take NUL and half characters. */
export const recordNameSchema = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[^\0\p{Surrogate}]*$/u, 'expected text without NUL and half characters');
export const positionSchema = z.int().nonnegative();
export const versionVectorSchema = z.record(z.string(), z.int().nonnegative());
/** 64 bytes of Ed25519 as base64url. */
export const signatureSchema = z.string().regex(/^[A-Za-z0-9_-]{86}$/, 'expected 86 characters of base64url');

export const helloRequestSchema = z.strictObject({
  /** Versions of the protocol the desk speaks, lowest and highest. */
  protocol: z.tuple([z.int().positive(), z.int().positive()]),
  /** Newest schema version the desk writes and reads (D14). */
  schemaVersion: z.int().positive(),
  /** Where the desk left off, if it was here before. */
  cursor: z.strictObject({ epoch: z.string().max(64), position: positionSchema }).exactOptional(),
  /** What the desk wants to be sent, from now on and in every call; without it, what it said last. */
  wish: scopeWishSchema.exactOptional(),
});
export type HelloRequest = z.infer<typeof helloRequestSchema>;

export const helloAnswerSchema = z.object({
  protocol: z.int().positive(),
  schemaVersion: z.int().positive(),
  space: z.string(),
  /** Random id of the authority's life: new after a restore or a change of host. */
  epoch: z.string(),
  /** Wall time of the endpoint in ms: the desk measures its clock offset by it. */
  serverTime: z.int(),
  head: positionSchema,
  /** Entries at or below it are no longer sent one by one: begin with a snapshot. */
  minPosition: positionSchema,
  held: versionVectorSchema,
  /** Per device, the hash of the last operation held: a fork shows by it where the vectors are equal. */
  lastHash: z.record(z.string(), hashSchema),
  /** Per device, up to where the endpoint holds the device's signature on its chain. */
  attested: versionVectorSchema,
  voided: z.array(dotSchema),
  forks: z.record(z.string(), z.object({ seq: z.int().positive(), hash: z.string() })),
  limits: z.object({ pushOperations: z.int(), pushBytes: z.int(), operationBytes: z.int(), pullEntries: z.int() }),
  /** Who the endpoint takes the desk for. */
  you: z.object({ account: z.string(), person: z.string(), roles: z.array(z.string()), queues: z.array(z.string()) }),
  /** Stands for everything `you` may see. When it changes, what is in scope must be fetched again (`records`). */
  scope: z.string(),
  /** The newest snapshot for what `you` may see. `bytes` is what its parts hold at most. */
  snapshot: z.object({ hash: z.string(), position: positionSchema, bytes: z.int(), parts: z.int() }).nullable(),
});
export type HelloAnswer = z.infer<typeof helloAnswerSchema>;

export const pushAnswerSchema = z.object({
  epoch: z.string(),
  head: positionSchema,
  /** Of every device in the batch, up to where it is held now. */
  held: versionVectorSchema,
  voids: z.array(
    z.object({
      device: z.string(),
      seq: z.int(),
      code: z.string(),
      entity: z.string(),
      id: z.string(),
      field: z.string().nullable(),
      expected: z.string(),
    }),
  ),
  /** Per device, the first sequence number that must come before what was sent. */
  need: versionVectorSchema,
  /** Lines that changed nothing and why; nothing of them is to be sent again as it is. */
  ignored: z.array(z.object({ dot: dotSchema, code: z.enum(['foreign-hash', 'not-attested', 'unsealed']) })),
});
export type PushAnswer = z.infer<typeof pushAnswerSchema>;

export const pullQuerySchema = z.strictObject({
  epoch: z.string().min(1).max(64),
  after: z.coerce.number().int().nonnegative(),
  limit: z.coerce.number().int().min(1).max(protocolLimits.pullEntries).default(protocolLimits.pullEntries),
});
export type PullQuery = z.infer<typeof pullQuerySchema>;

/** Data of the server-sent event `head`: there is something new up to this position. */
export const headEventSchema = z.object({ epoch: z.string(), head: positionSchema });
export type HeadEvent = z.infer<typeof headEventSchema>;

/** The highest version both sides speak; undefined when they do not meet. */
export function agreeOnVersion(
  theirs: readonly [number, number],
  ours: readonly [number, number] = protocolVersions,
): number | undefined {
  const highest = Math.min(theirs[1], ours[1]);
  return highest >= Math.max(theirs[0], ours[0]) ? highest : undefined;
}

/** Nesting of a JSON text, counted without parsing it: strings are skipped. Stops counting above `limit`. */
export function jsonDepth(text: string, limit: number): number {
  let depth = 0;
  let deepest = 0;
  for (let index = 0; index < text.length && deepest <= limit; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x22) index = endOfString(text, index);
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return deepest;
}

function endOfString(text: string, start: number): number {
  for (let index = start + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x5c) index += 1;
    else if (code === 0x22) return index;
  }
  return text.length;
}
