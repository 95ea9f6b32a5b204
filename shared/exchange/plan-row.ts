import type { FieldDefinition } from '../domain/field.ts';
import type { FieldValue } from '../sync/operation.ts';
import type { CellReader } from './cell-reader.ts';
import type { DataRow } from './csv-record.ts';
import type { ReportBuilder } from './import-report.ts';
import type { Mapping, MappingTarget } from './mapping.ts';
import { readRow, setField } from './row-reader.ts';
import { splitElements } from './set-cell.ts';
import type { Fields } from './ticket-defaults.ts';

/** A reference as the file gives it: by title, number, address or `title {id}`. */
export interface NamedReference {
  /** Field, or for an element of a set field its name. */
  readonly field: string;
  readonly column: string;
  readonly to: string;
  readonly text: string;
  readonly element: boolean;
}

/** What one row says about one record, before anything of the space is known. */
export interface PlannedRow {
  readonly source: DataRow;
  /** Identity by the key column; null when there is none. */
  readonly key: string | null;
  readonly id: string | null;
  readonly kind: string | null;
  /** Values; null where the cell is empty. */
  readonly fields: Fields;
  /** Set fields that have a column: those of their elements that are no references. */
  readonly sets: readonly string[];
  readonly references: readonly NamedReference[];
  readonly journals: readonly { readonly audience: string; readonly text: string; readonly column: string }[];
  /** Time and person of the last update, when the file names them. */
  readonly at: number | null;
  readonly by: string | null;
}

/** Collects what the cells of one row say. */
class RowCollector {
  readonly fields: Fields = {};
  readonly sets: string[] = [];
  readonly references: NamedReference[] = [];
  readonly journals: { audience: string; text: string; column: string }[] = [];
  key: string | null = null;
  id: string | null = null;
  kind: string | null = null;
  at: number | null = null;
  by: string | null = null;
  #wholeTitle: string | null = null;
  readonly #row: DataRow;
  readonly #mapping: Mapping;
  readonly #report: ReportBuilder;

  constructor(row: DataRow, mapping: Mapping, report: ReportBuilder) {
    this.#row = row;
    this.#mapping = mapping;
    this.#report = report;
  }

  take(reader: CellReader, value: FieldValue, also: Readonly<Record<string, FieldValue>> | undefined): void {
    const { target } = reader;
    if (target.to === 'field') this.#takeField(reader, target.field, value, also);
    else if (typeof value === 'string') this.#takeText(reader, target, value);
    else if (target.to === 'update' && target.role === 'at' && typeof value === 'number') this.at = value;
    if (reader.column === this.#mapping.keyColumn && typeof value === 'string') this.key = value;
  }

  /** A title too long for a title stands whole before the description. */
  finish(): void {
    if (this.#wholeTitle === null) return;
    const { description } = this.fields;
    this.fields['description'] =
      typeof description === 'string' ? `${this.#wholeTitle}\n\n${description}` : this.#wholeTitle;
  }

  #takeText(reader: CellReader, target: MappingTarget, value: string): void {
    if (target.to === 'id') this.id = value;
    if (target.to === 'kind') this.kind = value;
    if (target.to === 'tag') this.fields[`tags/${value}`] = true;
    if (target.to === 'entries') this.journals.push({ audience: target.audience, text: value, column: reader.column });
    if (target.to === 'update' && target.role === 'by') this.by = value;
  }

  #takeField(
    { field, column }: CellReader,
    name: string,
    value: FieldValue,
    also: Readonly<Record<string, FieldValue>> | undefined,
  ): void {
    if (field?.merge === 'set') {
      this.sets.push(name);
      if (typeof value === 'string') this.#takeElements(field, column, name, value);
    } else if (field?.type === 'reference' && typeof value === 'string') {
      this.references.push({ field: name, column, to: field.to, text: value, element: false });
    } else {
      const whole = name === 'title' ? also?.['description'] : undefined;
      if (typeof whole === 'string') this.#wholeTitle = whole;
      setField(this.fields, name, value, whole === undefined ? also : undefined);
    }
  }

  #takeElements(field: FieldDefinition, column: string, name: string, cell: string): void {
    for (const element of splitElements(cell, this.#mapping.exact)) {
      if (field.type === 'reference')
        this.references.push({ field: name, column, to: field.to, text: element, element: true });
      else if (field.type === 'text' && element.length > field.maxLength) {
        const { row, line } = this.#row;
        this.#report.add({
          kind: 'refused',
          reason: 'not-an-element',
          row,
          line,
          column,
          value: element,
          expected: `<= ${field.maxLength}`,
        });
      } else this.fields[`${name}/${element}`] = true;
    }
  }
}

export function planRow(
  row: DataRow,
  readers: readonly CellReader[],
  mapping: Mapping,
  report: ReportBuilder,
): PlannedRow {
  const collected = new RowCollector(row, mapping, report);
  readRow(row, readers, report, (reader, value, also) => collected.take(reader, value, also));
  collected.finish();
  const { key, id, kind, fields, sets, references, journals, at, by } = collected;
  return { source: row, key, id, kind, fields, sets, references, journals, at, by };
}
