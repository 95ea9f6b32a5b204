import { z } from 'zod';
import { excerptSchema, operationSchema } from './operation.ts';
import {
  dotSchema,
  hashSchema,
  positionSchema,
  protocolLimits,
  signatureSchema,
  versionVectorSchema,
} from './protocol.ts';
import { sentRecordSchema } from './sent-record.ts';
import { voidingSchema } from './voiding.ts';

/**
 * Records, histories and snapshots on request. A snapshot is never changed: its parts are files named by a hash, so a
 * reader may cache them for ever, resume in the middle (Range) and begin with the first part, which holds what is open
 * and newest.
 */

/** Query of `records`: states of what the caller may see, by key, after a key. */
export const recordsQuerySchema = z.strictObject({
  after: z.string().max(200).default(''),
  limit: z.coerce.number().int().min(1).max(protocolLimits.recordsPage).default(protocolLimits.recordsPage),
});

export const recordsAnswerSchema = z.object({
  records: z.array(sentRecordSchema),
  /** What the states have applied. */
  held: versionVectorSchema,
  head: positionSchema,
  scope: z.string(),
  /** Key to go on after; null when this was the last page. */
  next: z.string().nullable(),
});
export type RecordsAnswer = z.infer<typeof recordsAnswerSchema>;

/** One record with the entries of its log. */
export const recordAnswerSchema = recordsAnswerSchema.omit({ next: true });
export type RecordAnswer = z.infer<typeof recordAnswerSchema>;

export const historyQuerySchema = z.strictObject({
  /** Only what came before this position; 0 for the newest. */
  before: z.coerce.number().int().nonnegative().default(0),
  limit: z.coerce.number().int().min(1).max(protocolLimits.pullEntries).default(100),
});

/** Newest first. Writes to other records are left out. */
export const historyAnswerSchema = z.object({
  entries: z.array(
    z.object({ position: positionSchema, receivedAt: z.int(), dot: dotSchema, operation: excerptSchema }),
  ),
  more: z.boolean(),
});
export type HistoryAnswer = z.infer<typeof historyAnswerSchema>;

/**
 * What a snapshot is made of, for the caller's scope. The parts hold the records, a line each, open and newest first,
 * with the entries of a record's log in the part of the record. All states have applied exactly `held`: a record on which
 * an operation waits for an upgrade is left out, and `scope` changes with that upgrade.
 */
export const snapshotManifestSchema = z.object({
  format: z.literal(1),
  schemaVersion: z.int().positive(),
  epoch: z.string(),
  /** Entries of the log up to here are in it: the position to pull after, in `epoch`. */
  position: positionSchema,
  createdAt: z.int(),
  held: versionVectorSchema,
  lastHash: z.record(z.string(), hashSchema),
  /** As in the greeting: who has taken all parts has what this scope shows. */
  scope: z.string(),
  voidings: z.array(z.object({ voiding: voidingSchema, seal: signatureSchema.nullable() })),
  /** Operations that emptied fields for good: what is held of these fields from before is to be forgotten, too. */
  purges: z.array(operationSchema),
  /**
   * Each part is a gzip file of NDJSON, one `SentRecord` a line (`parseSnapshotPart`), sent without content encoding.
   * A caller who does not see everything gets fewer records and bytes than named here.
   */
  parts: z.array(z.object({ records: z.int(), bytes: z.int() })),
});
export type SnapshotManifest = z.infer<typeof snapshotManifestSchema>;
