import { applyWrite, stampOf, type Holds } from './merge.ts';
import { dotOf, type Dot, type Operation, type Write } from './operation.ts';
import type { RecordState, Register } from './record-state.ts';
import { effectiveParents, type VoidingOf } from './voiding.ts';

/**
 * Folding operations into records. Invariant: the result depends only on the set of operations and voidings folded,
 * not on their order, and equals what joining snapshots of any parts gives (I5).
 */

/** One name for one record, whatever its kind. */
export function recordKey(record: { readonly entity: string; readonly id: string }): string {
  return `${record.entity}/${record.id}`;
}

/** Applies one write of an operation, with refused parents resolved. */
export function applyOperationWrite(
  state: RecordState | undefined,
  operation: Operation,
  write: Write,
  holds: Holds,
  voidingOf: VoidingOf,
): RecordState {
  return applyWrite(state, withEffectiveParents(write, voidingOf), stampOf(operation), holds);
}

/**
 * Rebuilds one record from a state (a snapshot's, or none) and operations that touch it, in any order. Used when an
 * applied operation must come out again: refused by an authority, or a fork settled the other way.
 */
export function foldRecord(
  key: string,
  base: RecordState | undefined,
  baseHolds: Holds,
  operations: Iterable<Operation>,
  voidingOf: VoidingOf,
): RecordState | undefined {
  const applied = new Set<Dot>();
  const holds: Holds = (dot) => applied.has(dot) || baseHolds(dot);
  let state = base === undefined ? undefined : resolveRefusedParents(base, holds, voidingOf);
  for (const operation of operations) {
    for (const write of operation.writes) {
      if (recordKey(write) === key) state = applyOperationWrite(state, operation, write, holds, voidingOf);
    }
    applied.add(dotOf(operation));
  }
  return state;
}

/** Without awaited dots that have arrived: they did not write the field they were named for, or were refused. */
export function pruneGone(state: RecordState, holds: Holds): RecordState {
  if (!Object.values(state.fields).some((register) => register.gone?.some(holds))) return state;
  const prune = (register: Register): Register => {
    const gone = (register.gone ?? []).filter((dot) => !holds(dot));
    return gone.length === 0 ? { heads: register.heads } : { heads: register.heads, gone };
  };
  return {
    ...state,
    fields: Object.fromEntries(Object.entries(state.fields).map(([field, register]) => [field, prune(register)])),
  };
}

function withEffectiveParents(write: Write, voidingOf: VoidingOf): Write {
  const parents = Object.entries(write.parents).map(
    ([field, dots]) => [field, effectiveParents(write, field, dots, voidingOf)] as const,
  );
  if (parents.every(([field, dots]) => dots === write.parents[field])) return write;
  return { ...write, parents: Object.fromEntries(parents) };
}

/** A parent awaited in a snapshot may have been refused since: what it had replaced is replaced then. */
export function resolveRefusedParents(state: RecordState, holds: Holds, voidingOf: VoidingOf): RecordState {
  if (!Object.values(state.fields).some(({ gone }) => gone !== undefined)) return state;
  const resolve = (field: string, register: Register): Register => {
    const refused = (register.gone ?? []).filter((dot) => voidingOf(dot) !== undefined);
    if (refused.length === 0) return register;
    const replaced = effectiveParents(state, field, refused, voidingOf);
    const gone = new Set((register.gone ?? []).filter((dot) => !refused.includes(dot)));
    for (const dot of replaced) if (!holds(dot)) gone.add(dot);
    const heads = register.heads.filter((head) => !replaced.includes(head.dot));
    return gone.size === 0 ? { heads } : { heads, gone: [...gone].sort() };
  };
  return {
    ...state,
    fields: Object.fromEntries(
      Object.entries(state.fields).map(([field, register]) => [field, resolve(field, register)]),
    ),
  };
}

/** Whether an operation writes to the record of this key. */
export function touchesRecord(operation: Operation, key: string): boolean {
  return operation.writes.some((write) => recordKey(write) === key);
}
