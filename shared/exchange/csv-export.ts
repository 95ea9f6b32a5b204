import type { RecordValues } from '../domain/change.ts';
import { entities, type EntityKind } from '../domain/entities.ts';
import type { FieldDefinition } from '../domain/field.ts';
import type { FieldValue } from '../sync/operation.ts';
import { escapeFormula } from './formula-escape.ts';
import { hasIdForm } from './record-directory.ts';
import { joinElements } from './set-cell.ts';

/**
 * Our CSV: RFC 4180 with comma, CR LF and every field of the registry, so that importing it again gives the same
 * content. Records are named by their title or number; `kind` and `id` come first and tell the importer what it has.
 */

/** How a reference is written. `unique`: no other record of the kind has this title. */
export interface ReferenceText {
  readonly title: string;
  readonly unique: boolean;
}
/** Undefined for an id whose record is not here. */
export type NameReference = (kind: string, id: string) => ReferenceText | undefined;

export interface ExportedRecord {
  readonly entity: EntityKind;
  readonly id: string;
  readonly values: RecordValues;
  /** When it was last changed, ms. */
  readonly updatedAt?: number;
}

/** Column of the last change: no field, so importing the file again leaves it out. */
export const updatedAtColumn = 'updatedAt';

/** Fields of a kind in the order of the registry: all, or of those given the ones it has. */
export function exportedFields(entity: EntityKind, chosen: readonly string[] | null): readonly string[] {
  const all = Object.keys(entities[entity].fields);
  if (chosen === null) return all;
  const known = chosen.filter((field) => all.includes(field));
  return chosen.includes(updatedAtColumn) ? [...known, updatedAtColumn] : known;
}

export function exportHeader(entity: EntityKind, fields: readonly string[] | null = null): string {
  return csvLine(['kind', 'id', ...exportedFields(entity, fields)]);
}

export function exportRecord(
  record: ExportedRecord,
  nameReference: NameReference,
  fields: readonly string[] | null = null,
): string {
  const definitions: Readonly<Record<string, FieldDefinition>> = entities[record.entity].fields;
  const elements = elementsOf(record.values);
  const cells = exportedFields(record.entity, fields).map((name) => {
    const field = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    if (field === undefined) return record.updatedAt === undefined ? '' : instantText(record.updatedAt);
    if (field.merge === 'set') {
      const names = (elements.get(name) ?? []).map((element) =>
        field.type === 'reference' ? referenceText(field.to, element, nameReference) : element,
      );
      return names.length === 0 ? '' : escapeFormula(joinElements(names));
    }
    const value = record.values[name];
    return value === null || value === undefined ? '' : escapeFormula(cellText(value, field, nameReference));
  });
  return csvLine([record.entity, record.id, ...cells]);
}

/** Elements present in each set field; in the record they stand as `tags/vip: true`. */
function elementsOf(values: RecordValues): ReadonlyMap<string, readonly string[]> {
  const elements = new Map<string, string[]>();
  for (const [name, value] of Object.entries(values)) {
    const slash = name.indexOf('/');
    if (slash < 0 || value !== true) continue;
    const field = name.slice(0, slash);
    elements.set(field, [...(elements.get(field) ?? []), name.slice(slash + 1)]);
  }
  return elements;
}

function cellText(value: FieldValue, field: FieldDefinition, nameReference: NameReference): string {
  if (typeof value === 'string')
    return field.type === 'reference' ? referenceText(field.to, value, nameReference) : value;
  if (typeof value === 'number' && field.type === 'instant') return instantText(value);
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Title, and the id with it where the title alone would not lead back: shared, missing, or itself of that form. */
function referenceText(kind: string, id: string, nameReference: NameReference): string {
  const name = nameReference(kind, id);
  if (name === undefined || name.title === '') return ` {${id}}`;
  return name.unique && !hasIdForm(name.title) ? name.title : `${name.title} {${id}}`;
}

const firstIsoMs = Date.UTC(1000, 0, 1);
const lastIsoMs = Date.UTC(9999, 11, 31);

/** ISO 8601 in UTC; what no four-digit year shows stays a number of ms. */
function instantText(ms: number): string {
  return Number.isInteger(ms) && ms >= firstIsoMs && ms <= lastIsoMs ? new Date(ms).toISOString() : String(ms);
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.map(quoteCell).join(',')}\r\n`;
}

function quoteCell(cell: string): string {
  return /[",;\t\r\n|]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
