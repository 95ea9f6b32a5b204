import { z } from 'zod';

/**
 * Who edits what at this moment. It is told while it is so and forgotten a few seconds later: never an operation, never
 * stored, and it decides nothing. A desk says which records it has something unsaved in; the endpoint tells the others
 * by the stream of events, each only of records it may read.
 */
export const presenceLimits = {
  /** Records one desk may have something unsaved in. */
  records: 8,
  /** Without a renewal a desk's word ends after this time. */
  lastsMs: 30_000,
  /** How often a desk renews it. Lost renewals: one may be. */
  renewMs: 12_000,
  /** Most that one event lists; the latest go first. */
  told: 200,
} as const;

const place = { entity: z.string().min(1).max(64), id: z.string().min(1).max(64) };

/** All of the device at once: what is not named has ended. */
export const presenceRequestSchema = z.strictObject({
  records: z.array(z.strictObject(place)).max(presenceLimits.records),
});
export type PresenceRequest = z.infer<typeof presenceRequestSchema>;
export type PresencePlace = PresenceRequest['records'][number];

/** The same for records that are missing and those the caller may not see. */
export const presenceAnswerSchema = z.object({ lastsMs: z.int() });

/** Data of the server-sent event `presence`: all that is so now, never of the listener's own person. */
export const presenceEventSchema = z.object({
  present: z
    .array(
      z.object({
        ...place,
        /** Id of the person record. */
        person: z.string().min(1).max(64),
        /** For how long, in ms: no clock of another machine is compared. */
        forMs: z.int().nonnegative(),
      }),
    )
    .max(presenceLimits.told),
});
export type PresenceEvent = z.infer<typeof presenceEventSchema>;
