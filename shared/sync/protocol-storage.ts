import { z } from 'zod';
import { positionSchema, recordNameSchema } from './protocol.ts';

/** What an administrator asks an endpoint about what it keeps, and has it forget. */

export const backupInfoSchema = z.object({
  /** Where it was written, as the endpoint saw it. */
  file: z.string(),
  madeAt: z.int(),
  /** Entries of the log up to here are in it. */
  position: positionSchema,
});
export type BackupInfo = z.infer<typeof backupInfoSchema>;

export const snapshotInfoSchema = z.object({
  position: positionSchema,
  createdAt: z.int(),
  /** As stored, compressed. */
  bytes: z.int(),
  parts: z.int(),
});
export type SnapshotInfo = z.infer<typeof snapshotInfoSchema>;

export const storageStatusSchema = z.object({
  head: positionSchema,
  /** Entries up to here went cold: they are read for histories only. */
  minPosition: positionSchema,
  /** Days after which entries go cold; null when none does. */
  retentionDays: z.number().nullable(),
  snapshotEvery: z.object({ entries: z.int(), ms: z.int() }),
  /** Newest first. */
  snapshots: z.array(snapshotInfoSchema),
  /** Whether one is being made now. */
  making: z.boolean(),
  /** Newest first. What other programs copied is not known here. */
  backups: z.array(backupInfoSchema),
});
export type StorageStatus = z.infer<typeof storageStatusSchema>;

export const purgeRequestSchema = z.strictObject({
  entity: recordNameSchema,
  id: recordNameSchema,
});
export type PurgeRequest = z.infer<typeof purgeRequestSchema>;

export const purgeAnswerSchema = z.object({
  /** The records that were emptied, and how many fields of each; nothing when it was done before. */
  purged: z.array(z.object({ entity: z.string(), id: z.string(), fields: z.int() })),
  /** Entries of the log whose values were emptied. */
  entries: z.int(),
  /** Backups that still hold what was emptied: they must be deleted by hand. */
  backups: z.array(backupInfoSchema),
});
export type PurgeAnswer = z.infer<typeof purgeAnswerSchema>;
