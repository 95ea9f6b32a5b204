import type { FieldValue } from '../sync/operation.ts';
import type { RecordValues, Refusal } from './change.ts';

/**
 * How a field merges (decision D3). Declared once, here; merge, endpoint and screens read it.
 * - register: concurrent values all stay, one is shown, the others go to review
 * - text: as register, with a three-way merge proposed in review
 * - set: one field per element (`tags/vip`), add wins
 * - guarded: as register, with a precedence table and the record's lifecycle (status)
 * - authority: only the authority's writes count (official number)
 * - soft: as register, never reviewed
 * - fixed: written once when the record is created (entries of a log)
 */
export type FieldClass = 'register' | 'text' | 'set' | 'guarded' | 'authority' | 'soft' | 'fixed';

/** What the values are. `reference` holds the id of a record of `to`; `instant` holds ms since 1970 UTC. */
export type FieldType =
  | { readonly type: 'text'; readonly maxLength: number; readonly multiline?: boolean }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'reference'; readonly to: string }
  | { readonly type: 'instant' }
  | { readonly type: 'count' }
  | { readonly type: 'flag' };

export type FieldDefinition = FieldType & {
  readonly merge: FieldClass;
  /** Kept in the in-memory columns (D15): lists can show, filter and sort by it without touching a body. */
  readonly column?: true;
  /** Counted into full-text search. */
  readonly searched?: true;
  /** Never changed by a person directly (derived or stamped by decisions). */
  readonly stamped?: true;
  /** A record always has it: never cleared, and given when the record is created. */
  readonly required?: true;
  /** Guarded fields: values from least to furthest advanced. Of concurrent values the furthest is shown (D3). */
  readonly precedence?: readonly string[];
};

/** Which row of the permission matrix a kind belongs to. */
export type RecordArea = 'ticket' | 'problem' | 'change' | 'organisation' | 'policy' | 'setting';

/** The card of one kind of record: everything else in the house knows the kind from here. */
export interface EntityDefinition {
  readonly kind: string;
  readonly area: RecordArea;
  /** Has no commands of its own: people make and edit it with `record.create` and `record.edit`. */
  readonly plain?: true;
  /**
   * What must hold over the whole record after an edit, beyond the type of each field; `before` is empty for a new one.
   * Null when all is well.
   */
  readonly check?: (values: RecordValues, before: RecordValues) => Refusal | null;
  /** Fields whose whole history stays with the record, beside the merged state: what clocks are computed from. */
  readonly trail?: readonly string[];
  /**
   * Columns that are computed and never written (D5): lists show, filter and sort by them as by fields. Who computes
   * them is found by kind in `renderer/data/derived`.
   */
  readonly derived?: Readonly<Record<string, FieldType>>;
  /**
   * Columns that follow from the record's own values alone, e.g. a digest of texts that are no columns, or the elements
   * of a set as one text. Never written by anybody.
   */
  readonly computed?: Readonly<Record<string, FieldType & { readonly of: (values: RecordValues) => FieldValue }>>;
  /** The field that names who wrote the record: nobody writes it in another's name. */
  readonly authored?: string;
  /** Reference prefix people see (D1), e.g. INC; null when records of this kind carry no reference. */
  readonly referencePrefix: string | null;
  /** Field that names the record on screen. */
  readonly titleField: string;
  /** For entries of a log: the reference field that points to the record they belong to and are stored with. */
  readonly partOf?: string;
  /**
   * The id that says what a record is, for kinds of which two devices that make the same must make one; null while
   * something of it is not known. An import gives such an id to what it makes.
   */
  readonly identify?: (values: RecordValues) => string | null;
  readonly fields: Readonly<Record<string, FieldDefinition>>;
}
