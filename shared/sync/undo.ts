import { recordKey } from './fold.ts';
import { equalValues } from './merge.ts';
import type { FieldValue, Operation, Write } from './operation.ts';
import type { Head, RecordState, VersionVector } from './record-state.ts';
import { deletedField, deletionMark } from './shown.ts';

/** Values shown before the operation: undefined for a record that did not exist, a missing field was never written. */
export type ValuesBefore = (record: {
  readonly entity: string;
  readonly id: string;
}) => Readonly<Record<string, FieldValue>> | undefined;

export interface Inverse {
  readonly writes: readonly Write[];
  /** Fields that somebody has changed since; they keep what they have. */
  readonly kept: readonly { readonly entity: string; readonly id: string; readonly field: string }[];
}

/**
 * The writes that undo an operation, as a new one. Invariants: a field goes back only while it has one head and that
 * shows the operation's value, so undo never replaces what its author has not seen; undoing the undo gives the values
 * back; a record the operation created is marked deleted, and only while it still is as created. `held` is what this
 * replica holds, `waiting` what of it is in quarantine.
 */
export function inverseWrites(
  operation: Operation,
  before: ValuesBefore,
  stateOf: (key: string) => RecordState | undefined,
  held: VersionVector,
  waiting: readonly Operation[] = [],
): Inverse {
  const writes: Write[] = [];
  const kept: { entity: string; id: string; field: string }[] = [];
  for (const write of operation.writes) {
    const { entity, id } = write;
    const state = stateOf(recordKey(write));
    const values = before({ entity, id });
    const fields = Object.entries(write.fields).map(([field, value]) => ({
      field,
      head: headShowing(state, field, value),
    }));
    const changed = fields.filter(({ head }) => head === undefined).map(({ field }) => field);
    if (values === undefined) {
      const since = [...changed, ...addedSince(state, write)];
      if (since.length === 0) writes.push(deletion(write, state, held, waiting));
      kept.push(...since.map((field) => ({ entity, id, field })));
      continue;
    }
    kept.push(...changed.map((field) => ({ entity, id, field })));
    const undone = fields.flatMap(({ field, head }) => (head === undefined ? [] : [{ field, head }]));
    if (undone.length === 0) continue;
    writes.push({
      entity,
      id,
      fields: Object.fromEntries(undone.map(({ field }) => [field, valueBefore(values, field)])),
      parents: Object.fromEntries(undone.map(({ field, head }) => [field, [head.dot]])),
    });
  }
  return { writes, kept };
}

/** The one head of a field, if it shows this value: nobody has changed it since, or whoever did has undone it. */
function headShowing(state: RecordState | undefined, field: string, value: FieldValue): Head | undefined {
  const [head, ...others] = headsOf(state, field);
  return head !== undefined && others.length === 0 && equalValues(head.value, value) ? head : undefined;
}

/** Fields with content that the creating write did not give. */
function addedSince(state: RecordState | undefined, write: Write): readonly string[] {
  const others = Object.keys(state?.fields ?? {}).filter((field) => !Object.hasOwn(write.fields, field));
  return others.filter((field) => headsOf(state, field).some((head) => head.value !== null && head.value !== false));
}

function headsOf(state: RecordState | undefined, field: string): readonly Head[] {
  return state !== undefined && Object.hasOwn(state.fields, field) ? (state.fields[field]?.heads ?? []) : [];
}

function valueBefore(values: Readonly<Record<string, FieldValue>>, field: string): FieldValue {
  if (Object.hasOwn(values, field)) return values[field] ?? null;
  return field.includes('/') ? false : null;
}

function deletion(
  write: Write,
  state: RecordState | undefined,
  held: VersionVector,
  waiting: readonly Operation[],
): Write {
  const { entity, id } = write;
  const mark = state === undefined ? { seen: {} } : deletionMark(state, held, waiting);
  const parents = headsOf(state, deletedField).map((head) => head.dot);
  return {
    entity,
    id,
    fields: { [deletedField]: mark },
    parents: parents.length === 0 ? {} : { [deletedField]: parents },
  };
}
