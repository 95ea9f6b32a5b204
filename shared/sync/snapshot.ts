import { z } from 'zod';
import { fail, succeed, type Result } from '../result.ts';
import { canonicalJson } from './canonical-json.ts';
import { pruneGone, recordKey, resolveRefusedParents } from './fold.ts';
import { joinRecordStates, type Holds } from './merge.ts';
import { dotOf, operationSchema, type Dot, type Operation } from './operation.ts';
import { isPlainRecordState } from './plain-shape.ts';
import type { RecordState, VersionVector } from './record-state.ts';
import { covers, joinVersionVectors, seqOf } from './version-vector.ts';
import { voidingSchema, type Voiding } from './voiding.ts';

/**
 * The joined state of all operations up to a version vector. Invariants: a snapshot joined with the operations above
 * it equals the whole log folded, at every cut (I5); joining is commutative, associative and idempotent (I1); no
 * operation that could not be read is missing from it.
 */
export interface Snapshot {
  readonly format: 1;
  readonly held: VersionVector;
  /** Hash of the last operation of each device in `held`: the chain goes on from it. */
  readonly lastHash: Readonly<Record<string, string>>;
  /** By key, ascending. */
  readonly records: readonly RecordState[];
  /** Held but not applied, since this version could not read them (D14). */
  readonly quarantined: readonly Operation[];
  readonly voidings: readonly Voiding[];
}

export const emptySnapshot: Snapshot = {
  format: 1,
  held: {},
  lastHash: {},
  records: [],
  quarantined: [],
  voidings: [],
};

/** Which operations the records of a snapshot have applied. */
export function holdsOf(snapshot: Snapshot): Holds {
  if (snapshot.quarantined.length === 0) return (dot) => covers(snapshot.held, dot);
  const waiting = new Set(snapshot.quarantined.map(dotOf));
  return (dot) => covers(snapshot.held, dot) && !waiting.has(dot);
}

/** Two snapshots cannot be joined: one has applied what the other knows was refused. Fold again from the log instead. */
export interface RefusedInside {
  readonly kind: 'refused-inside';
  readonly dot: Dot;
}

export function joinSnapshots(left: Snapshot, right: Snapshot): Result<Snapshot, RefusedInside> {
  const refused = refusedInside(left, right) ?? refusedInside(right, left);
  if (refused !== undefined) return fail({ kind: 'refused-inside', dot: refused });
  const leftHolds = holdsOf(left);
  const rightHolds = holdsOf(right);
  const voidings = new Map([...left.voidings, ...right.voidings].map((voiding) => [dotOf(voiding), voiding]));
  const known = (record: RecordState, holds: Holds): RecordState =>
    voidings.size === 0 ? record : resolveRefusedParents(record, holds, (dot) => voidings.get(dot));
  const lefts = new Map(left.records.map((record) => [recordKey(record), known(record, leftHolds)]));
  const rights = new Map(right.records.map((record) => [recordKey(record), known(record, rightHolds)]));
  const records = [...new Map([...lefts, ...rights])].map(([key, either]) =>
    joinRecordStates(
      lefts.get(key) ?? withoutFields(either),
      leftHolds,
      rights.get(key) ?? withoutFields(either),
      rightHolds,
    ),
  );
  const quarantined = new Map(
    [...left.quarantined, ...right.quarantined].map((operation) => [dotOf(operation), operation]),
  );
  return succeed({
    format: 1,
    held: joinVersionVectors(left.held, right.held),
    lastHash: {
      ...left.lastHash,
      ...Object.fromEntries(
        Object.entries(right.lastHash).filter(([device]) => seqOf(right.held, device) > seqOf(left.held, device)),
      ),
    },
    records: sortRecords(records.filter((record) => Object.keys(record.fields).length > 0)),
    quarantined: [...quarantined.values()]
      .filter((operation) => !leftHolds(dotOf(operation)) && !rightHolds(dotOf(operation)))
      .sort(byDot),
    voidings: distinctVoidings([...voidings.values()]),
  });
}

/** The same state in the one form all replicas give it: sorted, with nothing awaited that has arrived. */
export function normalizeSnapshot(snapshot: Snapshot): Snapshot {
  const holds = holdsOf(snapshot);
  return {
    ...snapshot,
    records: sortRecords(snapshot.records.map((record) => pruneGone(record, holds))),
    quarantined: [...snapshot.quarantined].sort(byDot),
    voidings: distinctVoidings(snapshot.voidings),
  };
}

export function encodeSnapshot(snapshot: Snapshot): string {
  return canonicalJson(snapshot);
}

export interface BadSnapshot {
  readonly kind: 'bad-snapshot';
  readonly message: string;
}

export function parseSnapshot(text: string): Result<Snapshot, BadSnapshot> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return fail({
      kind: 'bad-snapshot',
      message: 'The snapshot is not whole JSON: it was cut or damaged. Fetch it again.',
    });
  }
  const parsed = snapshotSchema.safeParse(raw);
  if (parsed.success) return succeed(parsed.data);
  const issue = parsed.error.issues[0];
  return fail({
    kind: 'bad-snapshot',
    message: `The snapshot is damaged at ${issue?.path.join('.') ?? '?'}: ${issue?.message ?? 'unknown'}. Fetch it again.`,
  });
}

function refusedInside(applied: Snapshot, knowing: Snapshot): Dot | undefined {
  const known = new Set(applied.voidings.map(dotOf));
  return knowing.voidings.map(dotOf).find((dot) => !known.has(dot) && covers(applied.held, dot));
}

function withoutFields(record: RecordState): RecordState {
  return { entity: record.entity, id: record.id, fields: {} };
}

function sortRecords(records: readonly RecordState[]): readonly RecordState[] {
  return records
    .map((record) => ({ key: recordKey(record), record }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ record }) => record);
}

function byDot(
  left: { readonly device: string; readonly seq: number },
  right: { readonly device: string; readonly seq: number },
): number {
  if (left.device !== right.device) return left.device < right.device ? -1 : 1;
  return left.seq - right.seq;
}

function distinctVoidings(voidings: readonly Voiding[]): readonly Voiding[] {
  return [...new Map(voidings.map((voiding) => [dotOf(voiding), voiding])).values()].sort(byDot);
}

const dotSchema = z.templateLiteral([z.string(), ':', z.number().int().positive()]);
const headSchema = z.strictObject({ dot: dotSchema, ms: z.number(), counter: z.int(), value: z.json() });
const registerSchema = z.strictObject({ heads: z.array(headSchema), gone: z.array(dotSchema).exactOptional() });
export const recordStateShape = {
  entity: z.string(),
  id: z.string(),
  fields: z.record(z.string(), registerSchema),
};
export const recordStateSchema: z.ZodType<RecordState> = z.strictObject(recordStateShape);

/** What was parsed from JSON as the state of a record: mostly without asking the schema. */
export function readRecordState(raw: unknown): z.ZodSafeParseResult<RecordState> {
  return isPlainRecordState(raw) ? { success: true, data: raw as RecordState } : recordStateSchema.safeParse(raw);
}

const snapshotSchema: z.ZodType<Snapshot> = z.strictObject({
  format: z.literal(1),
  held: z.record(z.string(), z.int().nonnegative()),
  lastHash: z.record(z.string(), z.string()),
  records: z.array(recordStateSchema),
  quarantined: z.array(operationSchema),
  voidings: z.array(voidingSchema),
});
