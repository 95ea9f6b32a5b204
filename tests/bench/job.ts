import { z } from 'zod';

/** What one Electron process is asked to do, and what it answers. Both cross process borders as JSON. */

export const subjectNames = [
  'holdfast',
  'holdfast-per-ticket',
  'holdfast-layout',
  'raw',
  'raw-strict',
  'raw-operations',
  'dexie',
  'rxdb',
  'pouchdb',
  'sqlite',
  'in-page',
  'in-page-layout',
] as const;
export type SubjectName = (typeof subjectNames)[number];

const jobShape = z.strictObject({
  kind: z.enum(['load', 'use', 'idle']),
  subject: z.enum(subjectNames),
  tickets: z.int().positive(),
  /** Read and saved so often; 0 leaves that part out. */
  reads: z.int().nonnegative(),
  saves: z.int().nonnegative(),
  /** Live queries are measured with so many views each. */
  views: z.array(z.int().positive()).readonly(),
});
export type Job = Readonly<z.infer<typeof jobShape>>;

export const processSetting = z.strictObject({
  job: jobShape,
  /** Built pages. */
  pages: z.string(),
  preload: z.string(),
  profile: z.string(),
  resultFile: z.string(),
  /** Where a CPU profile of the page is written, for contenders that work in the page. */
  cpuProfile: z.string().nullable(),
});
export type ProcessSetting = z.infer<typeof processSetting>;

const times = z.object({ count: z.number(), p50: z.number(), p99: z.number(), max: z.number() });

export const loadAnswer = z.object({
  records: z.number(),
  ms: z.number(),
  parts: z.record(z.string(), z.number()).optional(),
});
export const namedTimes = z.record(z.string(), times);
export const useAnswer = z.object({
  /** From the library loaded to 50 rows in the page. */
  coldOpenMs: z.number(),
  reads: namedTimes,
  save: times.nullable(),
  saveParts: namedTimes,
  live: z.array(z.object({ views: z.number(), first: times, all: times })),
});
export type UseAnswer = z.infer<typeof useAnswer>;

/** Sums over all processes of the program, between begin and end of the timed part. */
const usage = z.object({ cpuSeconds: z.number(), writtenMb: z.number() });

export const processResult = z.object({
  answer: z.unknown(),
  error: z.string().nullable(),
  usage: usage.nullable(),
  /** Megabytes that only the renderer processes (page and workers) hold, at the end; null where it cannot be read. */
  rendererMb: z.number().nullable(),
  /** Megabytes on the disk below the profile at the end. */
  diskMb: z.number(),
  versions: z.object({ electron: z.string(), chromium: z.string() }),
});
export type ProcessResult = z.infer<typeof processResult>;
