import type { EntityKind } from '../../../shared/domain/entities.ts';
import { entities } from '../../../shared/domain/entities.ts';
import type { EntityDefinition, FieldDefinition, FieldType } from '../../../shared/domain/field.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import type { RecordValues } from '../../../shared/domain/change.ts';
import { createColumn } from './column.ts';
import type { AnyColumn, SavedColumn } from './column.ts';
import { packTexts, unpackTexts } from './packed-texts.ts';
import type { PackedTexts } from './packed-texts.ts';

/** What the columns know of one record, derived from its body: rebuilt equals incremental. */
export interface RowInput {
  readonly id: string;
  readonly values: RecordValues;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Highest own sequence number that wrote it: pending while the authority has less. */
  readonly ownSeq: number;
  readonly conflict: boolean;
  readonly deleted: boolean;
}

export interface SavedTable {
  readonly ids: PackedTexts;
  readonly columns: Readonly<Record<string, SavedColumn>>;
  readonly createdAt: Float64Array;
  readonly updatedAt: Float64Array;
  readonly ownSeq: Float64Array;
  readonly segment: Int32Array;
  readonly flags: Uint8Array;
  /** What the derived columns were computed from; absent or '' when not all of them were. */
  readonly derivedBy?: string;
}

const conflictFlag = 1;
const deletedFlag = 2;

/** The columns of one kind of record. Rows are never removed: a deleted record keeps its row, flagged. */
export class ColumnTable {
  readonly kind: EntityKind;
  readonly definition: EntityDefinition;
  readonly columns: ReadonlyMap<string, AnyColumn>;
  readonly #ids: string[];
  readonly #rowById = new Map<string, number>();
  #capacity: number;
  #createdAt: Float64Array;
  #updatedAt: Float64Array;
  #ownSeq: Float64Array;
  #segment: Int32Array;
  #flags: Uint8Array;
  readonly #derived: ReadonlySet<string>;
  /** Rows whose derived columns do not follow their body yet. */
  readonly underived = new Set<number>();
  /** Version of what the derived columns are computed from besides the body. */
  derivedBy: string;
  /** Rises with every change of any row. */
  version = 0;

  constructor(kind: EntityKind, saved?: SavedTable) {
    this.kind = kind;
    this.definition = entities[kind];
    this.#ids = saved ? unpackTexts(saved.ids).map((id) => id ?? '') : [];
    this.#ids.forEach((id, row) => this.#rowById.set(id, row));
    this.#capacity = Math.max(256, Math.ceil(this.#ids.length * 1.25));
    const columns = new Map<string, AnyColumn>();
    for (const [name, field] of Object.entries(this.definition.fields)) {
      if (field.column === true && field.merge !== 'set')
        columns.set(name, createColumn(field, this.#capacity, saved?.columns[name]));
    }
    for (const [name, { of: _of, ...type }] of Object.entries(this.definition.computed ?? {}))
      columns.set(name, createColumn({ ...type, merge: 'soft' }, this.#capacity, saved?.columns[name]));
    const derived = Object.entries(this.definition.derived ?? {});
    for (const [name, type] of derived)
      columns.set(name, createColumn({ ...type, merge: 'soft' }, this.#capacity, saved?.columns[name]));
    this.#derived = new Set(derived.map(([name]) => name));
    this.derivedBy = saved?.derivedBy ?? '';
    this.columns = columns;
    this.#createdAt = numbers(this.#capacity, saved?.createdAt);
    this.#updatedAt = numbers(this.#capacity, saved?.updatedAt);
    this.#ownSeq = numbers(this.#capacity, saved?.ownSeq);
    this.#segment = new Int32Array(this.#capacity);
    if (saved) this.#segment.set(saved.segment);
    this.#flags = new Uint8Array(this.#capacity);
    if (saved) this.#flags.set(saved.flags);
  }

  get size(): number {
    return this.#ids.length;
  }

  rowOf(id: string): number | undefined {
    return this.#rowById.get(id);
  }

  idAt(row: number): string {
    const id = this.#ids[row];
    if (id === undefined) throw new RangeError(`no row ${row} among ${this.#ids.length} of ${this.kind}`);
    return id;
  }

  /** Writes the row of a record, adding one at the end for a new record. Returns its position. */
  put(input: RowInput): number {
    const row = this.#rowById.get(input.id) ?? this.#append(input.id);
    for (const [name, column] of this.columns)
      if (!this.#derived.has(name)) column.set(row, input.values[name] ?? null);
    if (this.#derived.size > 0) this.underived.add(row);
    this.#createdAt[row] = input.createdAt;
    this.#updatedAt[row] = input.updatedAt;
    this.#ownSeq[row] = input.ownSeq;
    this.#flags[row] = (input.conflict ? conflictFlag : 0) | (input.deleted ? deletedFlag : 0);
    this.version += 1;
    return row;
  }

  /** Writes the derived columns of a row, which `put` leaves alone. */
  derive(row: number, values: Readonly<Record<string, FieldValue>>): void {
    for (const name of this.#derived) this.columns.get(name)?.set(row, values[name] ?? null);
    this.underived.delete(row);
    this.version += 1;
  }

  /** Values of the derived columns. */
  derivedAt(row: number): RecordValues {
    const values: Record<string, FieldValue> = {};
    for (const name of this.#derived) {
      const value = this.columns.get(name)?.get(row) ?? null;
      if (value !== null) values[name] = value;
    }
    return values;
  }

  /** Type of a column, stored or derived. */
  typeOf(name: string): FieldDefinition | FieldType | undefined {
    const { fields, derived, computed } = this.definition;
    if (Object.hasOwn(fields, name)) return fields[name];
    if (computed && Object.hasOwn(computed, name)) return computed[name];
    return derived && Object.hasOwn(derived, name) ? derived[name] : undefined;
  }

  #append(id: string): number {
    const row = this.#ids.length;
    if (row === this.#capacity) this.#grow();
    this.#ids.push(id);
    this.#rowById.set(id, row);
    return row;
  }

  #grow(): void {
    this.#capacity *= 2;
    for (const column of this.columns.values()) column.grow(this.#capacity);
    this.#createdAt = numbers(this.#capacity, this.#createdAt);
    this.#updatedAt = numbers(this.#capacity, this.#updatedAt);
    this.#ownSeq = numbers(this.#capacity, this.#ownSeq);
    const segment = new Int32Array(this.#capacity);
    segment.set(this.#segment);
    this.#segment = segment;
    const flags = new Uint8Array(this.#capacity);
    flags.set(this.#flags);
    this.#flags = flags;
  }

  /** Values of the stored columns. */
  valuesAt(row: number): RecordValues {
    const values: Record<string, FieldValue> = {};
    for (const [name, column] of this.columns) {
      const value = this.#derived.has(name) ? null : column.get(row);
      if (value !== null) values[name] = value;
    }
    return values;
  }

  titleAt(row: number): string {
    const value = this.columns.get(this.definition.titleField)?.get(row);
    return typeof value === 'string' ? value : '';
  }

  titleOf(id: string): string | undefined {
    const row = this.#rowById.get(id);
    return row === undefined ? undefined : this.titleAt(row);
  }

  createdAt(row: number): number {
    return this.#createdAt[row] ?? 0;
  }
  updatedAt(row: number): number {
    return this.#updatedAt[row] ?? 0;
  }
  ownSeq(row: number): number {
    return this.#ownSeq[row] ?? 0;
  }
  isConflict(row: number): boolean {
    return ((this.#flags[row] ?? 0) & conflictFlag) !== 0;
  }
  isDeleted(row: number): boolean {
    return ((this.#flags[row] ?? 0) & deletedFlag) !== 0;
  }

  /** Key of the segment that holds the body; 0 while it is in the delta store only. */
  segmentAt(row: number): number {
    return this.#segment[row] ?? 0;
  }
  placeIn(row: number, segment: number): void {
    this.#segment[row] = segment;
  }

  save(): SavedTable {
    const size = this.size;
    return {
      ids: packTexts(this.#ids),
      columns: Object.fromEntries([...this.columns].map(([name, column]) => [name, column.save(size)])),
      createdAt: this.#createdAt.slice(0, size),
      updatedAt: this.#updatedAt.slice(0, size),
      ownSeq: this.#ownSeq.slice(0, size),
      segment: this.#segment.slice(0, size),
      flags: this.#flags.slice(0, size),
      derivedBy: this.underived.size === 0 ? this.derivedBy : '',
    };
  }
}

function numbers(capacity: number, from?: Float64Array): Float64Array {
  const to = new Float64Array(capacity);
  if (from) to.set(from);
  return to;
}
