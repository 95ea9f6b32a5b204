import { z } from 'zod';

/** Looking for tickets a desk does not keep. Bounded: it is for finding one, not for reading all. */
export const searchLimits = { textMax: 200, textMin: 2, rowsMax: 50, requestsPerMinute: 60 } as const;

export const searchQuerySchema = z.strictObject({
  text: z.string().trim().min(searchLimits.textMin).max(searchLimits.textMax),
  limit: z.coerce.number().int().min(1).max(searchLimits.rowsMax).default(20),
});

export const searchAnswerSchema = z.object({
  /** Tickets the caller may see whose reference, official number and title hold every word, newest first. */
  rows: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      reference: z.string(),
      number: z.string(),
      /** As the ticket shows it; of a newer version, it may be none that is known here. */
      state: z.string(),
    }),
  ),
  /** There are more than were asked for, or than were looked at. */
  more: z.boolean(),
});
export type SearchAnswer = z.infer<typeof searchAnswerSchema>;
