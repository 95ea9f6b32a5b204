import type { FieldValue } from '../sync/operation.ts';

/** Why a value was stored otherwise than the file has it. The texts are in the catalogue, by these names. */
export const changeReasons = [
  'spaces-removed',
  'text-cut',
  'moved-to-description',
  'replaced-by-other',
  'nearest-choice',
  'code-kept-in-notes',
  'time-skipped-by-clock-change',
  'time-repeated-by-clock-change',
  'title-composed',
] as const;
export type ChangeReason = (typeof changeReasons)[number];

/** Why a value, or a whole row, was not stored. */
export const refuseReasons = [
  'not-a-choice',
  'not-a-date',
  'not-a-count',
  'not-a-flag',
  'not-an-id',
  'not-an-element',
  'no-such-record',
  'cannot-change-later',
  'no-key',
  'no-time',
  'another-kind',
  'too-many-cells',
  'nothing-in-row',
] as const;
export type RefuseReason = (typeof refuseReasons)[number];

/** What was taken as it stands but deserves a look. */
export const noteReasons = [
  'bad-quoting',
  'record-too-long',
  'too-few-cells',
  'priority-differs-from-matrix',
  'closed-before-resolved',
  'updated-before-opened',
  'out-of-order',
  'bytes-not-in-encoding',
] as const;
export type NoteReason = (typeof noteReasons)[number];

/** What becomes of one cell. `also` holds values for other fields that the same cell implies (an on-hold reason). */
export type Verdict =
  | { readonly kind: 'missing' }
  | { readonly kind: 'accepted'; readonly value: FieldValue; readonly also?: Readonly<Record<string, FieldValue>> }
  | {
      readonly kind: 'changed';
      readonly value: FieldValue;
      readonly reason: ChangeReason;
      readonly also?: Readonly<Record<string, FieldValue>>;
    }
  | { readonly kind: 'refused'; readonly reason: RefuseReason; readonly expected: string };

export const missing: Verdict = { kind: 'missing' };

export function accept(value: FieldValue, also?: Readonly<Record<string, FieldValue>>): Verdict {
  return also === undefined ? { kind: 'accepted', value } : { kind: 'accepted', value, also };
}

export function change(value: FieldValue, reason: ChangeReason, also?: Readonly<Record<string, FieldValue>>): Verdict {
  return also === undefined ? { kind: 'changed', value, reason } : { kind: 'changed', value, reason, also };
}

export function refuseCell(reason: RefuseReason, expected: string): Verdict {
  return { kind: 'refused', reason, expected };
}

/** The value a cell gives; undefined when it is missing or refused. */
export function valueIn(verdict: Verdict): FieldValue | undefined {
  return verdict.kind === 'accepted' || verdict.kind === 'changed' ? verdict.value : undefined;
}
