import type { FieldClass } from '../domain/field.ts';
import { recordKey, touchesRecord } from './fold.ts';
import { dotOf, parseDot, type Dot, type FieldValue, type Operation } from './operation.ts';
import { equalValues } from './merge.ts';
import type { Head, RecordState, Register, VersionVector } from './record-state.ts';
import { covers } from './version-vector.ts';

/**
 * What a person sees of a merged record. Nothing here changes state: all heads stay until a write names them.
 * Invariant: what is shown depends on the set of heads only, never on the order in which they arrived.
 */

/** Guarded fields: positive when `left` is further advanced than `right`, negative when less, 0 when neither is. */
export type Precedence = (left: FieldValue, right: FieldValue) => number;

/** How the fields of one kind of record merge; built from the registry by the caller. Unknown fields are registers. */
export interface FieldRules {
  readonly classOf: (field: string) => FieldClass;
  readonly precedenceOf?: (field: string) => Precedence | undefined;
}

/** Field of every kind that holds its deletion: `{ seen }`, or null when restored. */
export const deletedField = '$deleted';

/** The head shown: further advanced by `precedence` if given, then the greatest (ms, counter, device). */
export function shownHead(register: Register, precedence?: Precedence): Head | undefined {
  const [first, ...others] = register.heads;
  if (first === undefined || precedence === undefined) return first;
  return others.reduce((best, head) => (precedence(head.value, best.value) > 0 ? head : best), first);
}

/** Value shown of one field; undefined when no head is left. In a set a concurrent true beats false (add wins). */
export function shownValue(
  register: Register,
  fieldClass: FieldClass,
  precedence?: Precedence,
): FieldValue | undefined {
  if (fieldClass === 'set') {
    const added = register.heads.find((head) => head.value === true);
    return (added ?? register.heads[0])?.value;
  }
  return shownHead(register, fieldClass === 'guarded' ? precedence : undefined)?.value;
}

/** Values of a record as `RecordValues` wants them: set fields element by element, the deletion mark left out. */
export function shownValues(state: RecordState, rules: FieldRules): Record<string, FieldValue> {
  const values: [string, FieldValue][] = [];
  for (const [field, register] of Object.entries(state.fields)) {
    if (field === deletedField) continue;
    const value = shownValue(register, rules.classOf(field), rules.precedenceOf?.(field));
    if (value !== undefined) values.push([field, value]);
  }
  return Object.fromEntries(values);
}

const reviewed: Readonly<Record<FieldClass, boolean>> = {
  register: true,
  text: true,
  guarded: true,
  set: false,
  soft: false,
  authority: false,
  fixed: false,
};

/** Whether concurrent values of fields of this class are for a person to choose from. */
export function isReviewed(fieldClass: FieldClass): boolean {
  return reviewed[fieldClass];
}

/** The heads a person should choose from, one for each distinct value, greatest first; empty when there is no choice. */
export function headsInReview(register: Register, fieldClass: FieldClass): readonly Head[] {
  if (!reviewed[fieldClass] || register.heads.length < 2) return [];
  const distinct: Head[] = [];
  for (const head of register.heads) {
    if (!distinct.some((each) => equalValues(each.value, head.value))) distinct.push(head);
  }
  return distinct.length > 1 ? distinct : [];
}

export type Deletion = 'present' | 'deleted' | 'edited-after-deletion';

/**
 * A deletion hides a record only if its author had seen every other head: `seen` is a version vector restricted to the
 * devices present in the record, `unseen` what it covers but waited in quarantine there. An unseen edit keeps the
 * record visible, for review.
 */
export function deletionOf(state: RecordState): Deletion {
  const register = Object.hasOwn(state.fields, deletedField) ? state.fields[deletedField] : undefined;
  const mark = register === undefined ? undefined : shownHead(register);
  if (register === undefined || mark === undefined || mark.value === null) return 'present';
  const deletions = register.heads.map((head) => seenBy(head.value)).filter((seen) => seen !== undefined);
  const others = Object.entries(state.fields).filter(([field]) => field !== deletedField);
  const unseen = others.some(([, field]) => field.heads.some((head) => !deletions.some((seen) => seen(head.dot))));
  const restored = register.heads.some((head) => head.value === null);
  return unseen || restored ? 'edited-after-deletion' : 'deleted';
}

/**
 * Value of the deletion mark for a record as its author sees it; `waiting` are the operations in quarantine there. A
 * state that came into scope may be ahead of what is held of the log: a head in it has been seen, and so has what its
 * device wrote to the record before.
 */
export function deletionMark(
  state: RecordState,
  held: VersionVector,
  waiting: Iterable<Operation> = [],
): { readonly [key: string]: FieldValue } {
  const newest = new Map<string, number>();
  for (const register of Object.values(state.fields)) {
    for (const head of register.heads) {
      const { device, seq } = parseDot(head.dot);
      newest.set(device, Math.max(newest.get(device) ?? held[device] ?? 0, seq));
    }
  }
  const seen = Object.fromEntries([...newest.keys()].sort().map((device) => [device, newest.get(device) ?? 0]));
  const unseen = [...waiting].filter((operation) => touchesRecord(operation, recordKey(state))).map(dotOf);
  return unseen.length === 0 ? { seen } : { seen, unseen: unseen.sort() };
}

/** Whether the author of a deletion had seen a head. */
function seenBy(value: FieldValue): ((dot: Dot) => boolean) | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const mark = new Map<string, unknown>(Object.entries(value));
  const [seen, unseen] = [mark.get('seen'), mark.get('unseen')];
  if (typeof seen !== 'object' || seen === null) return undefined;
  const vector = Object.fromEntries(
    Object.entries(seen).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
  const waited = new Set<unknown>(Array.isArray(unseen) ? unseen : []);
  return (dot) => covers(vector, dot) && !waited.has(dot);
}
