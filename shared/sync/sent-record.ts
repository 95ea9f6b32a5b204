import { z } from 'zod';
import type { Dot, FieldValue } from './operation.ts';
import { isPlainSentRecord } from './plain-shape.ts';
import type { RecordState } from './record-state.ts';
import { recordStateShape } from './snapshot.ts';
import type { TrailEvent } from './trail.ts';

/**
 * A record as it is sent instead of its operations: its merged state, and beside it the history that its kind keeps at
 * hand, without which a desk that never had the operations would reckon other times than one that has.
 */
export interface SentRecord extends RecordState {
  /** Events of this record alone, in any order; absent when it has none. */
  readonly trail?: readonly SentEvent[];
}

/** As a `TrailEvent`; whose it is, the record says. */
export type SentEvent = Omit<TrailEvent, 'entry'>;

const dotSchema: z.ZodType<Dot> = z.templateLiteral([z.string(), ':', z.number().int().positive()]);
const valueSchema: z.ZodType<FieldValue> = z.json();
const eventSchema: z.ZodType<SentEvent> = z.strictObject({
  dot: dotSchema,
  at: z.int(),
  offset: z.int().nullable(),
  fields: z.record(z.string(), z.strictObject({ value: valueSchema, parents: z.array(dotSchema) })),
});
export const sentRecordSchema: z.ZodType<SentRecord> = z.strictObject({
  ...recordStateShape,
  trail: z.array(eventSchema).exactOptional(),
});

/** What was parsed from JSON as a record that was sent: mostly without asking the schema. */
export function readSentRecord(raw: unknown): z.ZodSafeParseResult<SentRecord> {
  return isPlainSentRecord(raw) ? { success: true, data: raw as SentRecord } : sentRecordSchema.safeParse(raw);
}
