import { parseDot, type Dot, type FieldValue, type Operation, type Write } from './operation.ts';
import type { Head, RecordState, Register } from './record-state.ts';

/**
 * The merge (D3). Invariants, each checked by the simulation:
 * - the heads of a field are exactly the writes that no other applied write has seen (I3);
 * - applying is commutative, associative and idempotent: only the set of operations counts (I1);
 * - `gone` holds only dots that are not applied yet, so it is empty once everything has arrived (I4).
 * Nothing here mutates its arguments. Heads are kept in the order of `compareHeads`, `gone` in code unit order, so
 * that equal states are equal byte for byte.
 */

/** What an operation contributes to every head it leaves. */
export interface Stamp {
  readonly dot: Dot;
  /** Wall time in ms, corrected by the clock offset of its device. */
  readonly ms: number;
  readonly counter: number;
}

/**
 * Whether an operation was applied here BEFORE the one at hand. Operations that are held but not applied (quarantine)
 * do not count: a write that replaces one of them must still find it in `gone` when it is applied later.
 */
export type Holds = (dot: Dot) => boolean;

/** The order of one operation among concurrent ones. */
export function stampOf(operation: Pick<Operation, 'device' | 'seq' | 'at' | 'clockOffset'>): Stamp {
  return {
    dot: `${operation.device}:${operation.seq}`,
    ms: operation.at[0] + (operation.clockOffset ?? 0),
    counter: operation.at[1],
  };
}

/** Greatest first: by (ms, counter, device, seq). Breaks ties among concurrent heads and decides nothing else. */
export function compareHeads(left: Stamp, right: Stamp): number {
  if (left.ms !== right.ms) return right.ms - left.ms;
  if (left.counter !== right.counter) return right.counter - left.counter;
  if (left.dot === right.dot) return 0;
  const a = parseDot(left.dot);
  const b = parseDot(right.dot);
  if (a.device !== b.device) return a.device < b.device ? 1 : -1;
  return b.seq - a.seq;
}

/**
 * Applies one write of one operation. `state` is the record so far (undefined for a record not seen yet). A write
 * whose operation is already held changes nothing.
 */
export function applyWrite(state: RecordState | undefined, write: Write, stamp: Stamp, holds: Holds): RecordState {
  const before = state ?? { entity: write.entity, id: write.id, fields: {} };
  if (holds(stamp.dot)) return before;
  const fields: Record<string, Register> = { ...before.fields };
  for (const [name, value] of Object.entries(write.fields)) {
    const register = ownValue(fields, name);
    const parents = ownValue(write.parents, name) ?? [];
    setOwn(fields, name, writeRegister(register ?? emptyRegister, parents, { ...stamp, value }, holds));
  }
  return { entity: before.entity, id: before.id, fields };
}

/**
 * Joins two states of one record, each with what its side has applied. A head that the other side has applied and no
 * longer shows was replaced there. Holds of the result = either side's.
 */
export function joinRecordStates(
  left: RecordState,
  leftHolds: Holds,
  right: RecordState,
  rightHolds: Holds,
): RecordState {
  const fields: Record<string, Register> = {};
  for (const name of new Set([...Object.keys(left.fields), ...Object.keys(right.fields)])) {
    const a = ownValue(left.fields, name) ?? emptyRegister;
    const b = ownValue(right.fields, name) ?? emptyRegister;
    const joined = joinRegisters(a, leftHolds, b, rightHolds);
    if (joined.heads.length > 0 || joined.gone !== undefined) setOwn(fields, name, joined);
  }
  return { entity: left.entity, id: left.id, fields };
}

/** Parents for a new write of these fields: all heads there are, so that the write settles what was concurrent. */
export function parentsOf(
  state: RecordState | undefined,
  fieldNames: Iterable<string>,
): Record<string, readonly Dot[]> {
  const parents: Record<string, readonly Dot[]> = {};
  if (state === undefined) return parents;
  for (const name of fieldNames) {
    const heads = ownValue(state.fields, name)?.heads ?? [];
    if (heads.length > 0)
      setOwn(
        parents,
        name,
        heads.map((head) => head.dot),
      );
  }
  return parents;
}

/** True when every field has one head and waits for nothing: the record's values and dots say all there is. */
export function isSettled(state: RecordState): boolean {
  return Object.values(state.fields).every((register) => register.heads.length === 1 && register.gone === undefined);
}

const emptyRegister: Register = { heads: [] };

function writeRegister(register: Register, parents: readonly Dot[], head: Head, holds: Holds): Register {
  let heads = register.heads;
  let gone = register.gone ?? [];
  for (const parent of parents) {
    if (heads.some((each) => each.dot === parent)) heads = heads.filter((each) => each.dot !== parent);
    else if (!holds(parent) && parent !== head.dot && !gone.includes(parent)) gone = [...gone, parent].sort();
  }
  if (gone.includes(head.dot)) gone = gone.filter((dot) => dot !== head.dot);
  else if (!heads.some((each) => each.dot === head.dot)) heads = [...heads, head].sort(compareHeads);
  return asRegister(heads, gone);
}

function joinRegisters(left: Register, leftHolds: Holds, right: Register, rightHolds: Holds): Register {
  const heads = [...survivors(left, right, rightHolds), ...survivors(right, left, leftHolds)];
  const distinct = new Map(heads.map((head) => [head.dot, head]));
  const gone = new Set([...(left.gone ?? []), ...(right.gone ?? [])]);
  return asRegister(
    [...distinct.values()].sort(compareHeads),
    [...gone].filter((dot) => !leftHolds(dot) && !rightHolds(dot)).sort(),
  );
}

function survivors(mine: Register, other: Register, otherHolds: Holds): readonly Head[] {
  return mine.heads.filter((head) => {
    if (otherHolds(head.dot)) return other.heads.some((each) => each.dot === head.dot);
    return other.gone?.includes(head.dot) !== true;
  });
}

function asRegister(heads: readonly Head[], gone: readonly Dot[]): Register {
  return gone.length === 0 ? { heads } : { heads, gone };
}

/** Field names come from other devices: `constructor` must not find what every object inherits. */
function ownValue<Value>(map: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(map, name) ? map[name] : undefined;
}

/** As `map[name] = value`, also for the name `__proto__`. */
function setOwn<Value>(map: Record<string, Value>, name: string, value: Value): void {
  if (name === '__proto__')
    Object.defineProperty(map, name, { value, enumerable: true, writable: true, configurable: true });
  else map[name] = value;
}

/** Equal values merge silently, whatever the order of their keys. */
export function equalValues(left: FieldValue, right: FieldValue): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const a = new Map<string, FieldValue>(Object.entries(left));
  const b = new Map<string, FieldValue>(Object.entries(right));
  return a.size === b.size && [...a].every(([key, value]) => equalsAt(b, key, value));
}

function equalsAt(map: ReadonlyMap<string, FieldValue>, key: string, value: FieldValue): boolean {
  const other = map.get(key);
  return other !== undefined && equalValues(value, other);
}
