import type { FieldValue } from '../sync/operation.ts';
import type { EntityKind } from './entities.ts';

/**
 * What a decision wants done to one record (D4). `fields` holds the new values; for a set field the key names the
 * element: `tags/vip: true`. Whether a record is new is told by `create`: creating an existing id is a bug.
 */
export interface Change {
  readonly entity: EntityKind;
  readonly id: string;
  readonly create?: true;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

/** Values of a record as shown: the winning head of each field. Set fields appear by element. Absent = never written. */
export type RecordValues = Readonly<Record<string, FieldValue>>;

/** Why a decision refused. `message` is an i18n key; `field` names where. The texts say what was expected and what to do. */
export interface Refusal {
  readonly kind: string;
  readonly field?: string;
  readonly values?: Readonly<Record<string, string | number>>;
  /** For `bulk-refused`: why, for each record that cannot. */
  readonly items?: readonly { readonly id: string; readonly refusal: Refusal }[];
}
