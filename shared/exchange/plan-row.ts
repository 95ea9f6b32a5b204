import type { FieldValue } from '../sync/operation.ts';
import type { CellReader } from './cell-reader.ts';
import type { DataRow } from './csv-record.ts';
import type { ReportBuilder } from './import-report.ts';
import type { Mapping } from './mapping.ts';
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

export function planRow(row: DataRow, readers: readonly CellReader[], mapping: Mapping, report: ReportBuilder): PlannedRow {
  const fields: Fields = {};
  const sets: string[] = [];
  const references: NamedReference[] = [];
  const journals: { audience: string; text: string; column: string }[] = [];
  const found: { key: string | null; id: string | null; kind: string | null; by: string | null; at: number | null; title: string | null } = {
    key: null, id: null, kind: null, by: null, at: null, title: null,
  };

  const takeField = (reader: CellReader, name: string, value: FieldValue, also: Readonly<Record<string, FieldValue>> | undefined): void => {
    const { field, column } = reader;
    if (field?.merge === 'set') {
      sets.push(name);
      for (const element of typeof value === 'string' ? splitElements(value, mapping.exact) : []) {
        if (field.type === 'reference') references.push({ field: name, column, to: field.to, text: element, element: true });
        else if (field.type === 'text' && element.length > field.maxLength) {
          report.add({ kind: 'refused', reason: 'not-an-element', row: row.row, line: row.line, column, value: element, expected: `<= ${field.maxLength}` });
        } else fields[`${name}/${element}`] = true;
      }
      return;
    }
    if (field?.type === 'reference' && typeof value === 'string') references.push({ field: name, column, to: field.to, text: value, element: false });
    else {
      const whole = name === 'title' ? also?.['description'] : undefined;
      if (typeof whole === 'string') found.title = whole;
      setField(fields, name, value, whole === undefined ? also : undefined);
    }
  };

  readRow(row, readers, report, (reader, value, also) => {
    const { target } = reader;
    if (reader.column === mapping.keyColumn && typeof value === 'string') found.key = value;
    switch (target.to) {
      case 'id':
        found.id = typeof value === 'string' ? value : null;
        break;
      case 'kind':
        found.kind = typeof value === 'string' ? value : null;
        break;
      case 'tag':
        if (typeof value === 'string') fields[`tags/${value}`] = true;
        break;
      case 'entries':
        if (typeof value === 'string') journals.push({ audience: target.audience, text: value, column: reader.column });
        break;
      case 'update':
        if (target.role === 'at' && typeof value === 'number') found.at = value;
        if (target.role === 'by' && typeof value === 'string') found.by = value;
        break;
      case 'field':
        takeField(reader, target.field, value, also);
        break;
      case 'ignore':
        break;
    }
  });
  if (found.title !== null) {
    const description = fields['description'];
    fields['description'] = typeof description === 'string' ? `${found.title}\n\n${description}` : found.title;
  }
  const { key, id, kind, at, by } = found;
  return { source: row, key, id, kind, fields, sets, references, journals, at, by };
}
