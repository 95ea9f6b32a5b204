import { z } from 'zod';
import { isPlainOperation } from './plain-shape.ts';

/**
 * One operation is one user transaction (decision D2): applied whole or not at all, merged field by field.
 * The same object travels to the journal, to IndexedDB, to a folder segment and to the endpoint.
 */

/** Any JSON value a field may hold. Elements of a `set` field are fields of their own: `tags/vip: true`. */
export type FieldValue =
  null | boolean | number | string | readonly FieldValue[] | { readonly [key: string]: FieldValue };

/** `device:seq`, the name of one operation. Dense from 1 on each device. */
export type Dot = `${string}:${number}`;

/** The writes of one operation to one record. */
export interface Write {
  /** Kind of record as the entity registry names it, e.g. `ticket`. */
  readonly entity: string;
  /** Identity of the record: UUIDv7 made by the client (D1). */
  readonly id: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Per field, the dots of the heads this write replaces. A field without an entry replaces none. */
  readonly parents: Readonly<Record<string, readonly Dot[]>>;
}

/** Length of an operation's hash in hex digits: 128 bits. */
export const hashDigits = 32;

export interface Operation {
  /** 10 characters of Crockford base32, minted once per installation and space. */
  readonly device: string;
  readonly seq: number;
  /** Hybrid logical clock: wall time in ms that never goes back on this device, and a counter within it. */
  readonly at: readonly [wallMs: number, counter: number];
  /** Last known offset to the authority's clock in ms; null when the device never met one. */
  readonly clockOffset: number | null;
  /** Id of the person record on whose behalf the operation acts. */
  readonly user: string;
  readonly schemaVersion: number;
  /** Hash of the previous operation of this device (`hashOperation`); '' for the first (hash chain). */
  readonly previousHash: string;
  /** The intent, e.g. `ticket.resolve`: for audit, history and notification. */
  readonly command: string;
  /** When it happened, in ms, if that is not when it was recorded (import, late entry). */
  readonly occurredAt?: number;
  readonly writes: readonly Write[];
}

const fieldValue: z.ZodType<FieldValue> = z.json();
const dot = z.templateLiteral([z.string(), ':', z.number().int().positive()]);

const writeSchema = z.strictObject({
  entity: z.string().min(1).max(64),
  id: z.string().min(1).max(64),
  fields: z.record(z.string().min(1).max(256), fieldValue),
  parents: z.record(z.string().min(1).max(256), z.array(dot)),
});
const frame = {
  device: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/),
  seq: z.int().positive(),
  at: z.tuple([z.int(), z.int().nonnegative()]),
  clockOffset: z.int().nullable(),
  user: z.string().min(1).max(64),
  schemaVersion: z.int().positive(),
  previousHash: z.string().regex(new RegExp(`^([0-9a-f]{${hashDigits}})?$`)),
  command: z.string().min(1).max(64),
  occurredAt: z.int().exactOptional(),
};

export const operationSchema: z.ZodType<Operation> = z.strictObject({ ...frame, writes: z.array(writeSchema).min(1) });

/** What was parsed from JSON as an operation: mostly without asking the schema. */
export function readOperation(raw: unknown): z.ZodSafeParseResult<Operation> {
  return isPlainOperation(raw) ? { success: true, data: raw as Operation } : operationSchema.safeParse(raw);
}

/** As much of an operation as a filtered replica is sent: maybe no write at all. */
export const excerptSchema: z.ZodType<Operation> = z.strictObject({ ...frame, writes: z.array(writeSchema) });

/** Largest operation that is admitted anywhere, in bytes of UTF-8 JSON. Longer text belongs in an attachment. */
export const operationMaxBytes = 64 * 1024;

export function dotOf(operation: Pick<Operation, 'device' | 'seq'>): Dot {
  return `${operation.device}:${operation.seq}`;
}

export function parseDot(value: Dot): { readonly device: string; readonly seq: number } {
  const colon = value.lastIndexOf(':');
  return { device: value.slice(0, colon), seq: Number(value.slice(colon + 1)) };
}
