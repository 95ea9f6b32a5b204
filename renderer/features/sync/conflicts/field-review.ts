import { entityDefinition, fieldDefinition } from '../../../../shared/domain/entities.ts';
import { keepBothTexts, mergeText, type MergedText } from '../../../../shared/sync/merge-text.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import { deletedField } from '../../../../shared/sync/shown.ts';
import type { ConflictHead, FieldConflict } from '../../../data/sync-api.ts';

/** A record as review shows it, from the inbox or from the open record. */
export interface ReviewedRecord {
  readonly entity: string;
  readonly id: string;
  readonly title: string;
  readonly reference: string;
  readonly fields: readonly FieldConflict[];
}

/** One field to choose for: its values in the order of their keys, and what may be done beside taking one. */
export interface FieldReview {
  readonly field: string;
  readonly base: FieldValue;
  readonly baseTitle: string | undefined;
  /** Own values first, then the newest; the first has the key 1. */
  readonly heads: readonly ConflictHead[];
  /** The proposal that keeps what both wrote; null where values cannot be joined. */
  readonly merged: MergedText | null;
  /** Longest text the field takes; null for a field that is no text and cannot be edited here. */
  readonly maxLength: number | null;
  readonly isDeletion: boolean;
}

export function reviewField(entity: string, conflict: FieldConflict): FieldReview {
  const { field, base, baseTitle } = conflict;
  const heads = conflict.heads.toSorted((one, other) => Number(other.own) - Number(one.own) || other.at - one.at);
  const definition = entityDefinition(entity);
  const known = definition === undefined ? undefined : fieldDefinition(definition, field);
  return {
    field,
    base,
    baseTitle,
    heads,
    merged: conflict.class === 'text' ? mergeHeads(base, heads) : null,
    maxLength: known?.type === 'text' ? known.maxLength : null,
    isDeletion: field === deletedField,
  };
}

/** All values of a text in one; an empty one adds nothing. Null when a newer version keeps something else there. */
function mergeHeads(base: FieldValue, heads: readonly ConflictHead[]): MergedText | null {
  const texts = heads.map(({ value }) => value ?? '');
  const [first, ...others] = texts.filter((text) => typeof text === 'string');
  if (first === undefined || others.length + 1 < texts.length) return null;
  return others.reduce<MergedText>(
    ({ text, overlaps }, other) => {
      if (typeof base !== 'string') return { text: keepBothTexts(text, other), overlaps: overlaps + 1 };
      const merged = mergeText(base, text, other);
      return { text: merged.text, overlaps: overlaps + merged.overlaps };
    },
    { text: first, overlaps: 0 },
  );
}

/** The value that stands when a person keeps what is shown. */
export function shownValueOf(conflict: FieldConflict): FieldValue {
  return conflict.heads.find(({ shown }) => shown)?.value ?? null;
}

/** What a person may take of a field by the key of a digit: 0 is the value before. Undefined where there is none. */
export function valueByDigit(review: FieldReview, digit: number): FieldValue | undefined {
  if (digit === 0) return review.base === null || review.isDeletion ? undefined : review.base;
  const head = review.heads[digit - 1];
  // A deletion is no value to keep: the record is deleted again where it is opened.
  return head === undefined || (review.isDeletion && head.value !== null) ? undefined : head.value;
}

/** Tells a conflict from a later one of the same field: the values to choose from are others. */
export function conflictKey(id: string, conflict: FieldConflict): string {
  return [id, conflict.field, ...conflict.heads.map(({ dot }) => dot).toSorted()].join(' ');
}
