import fs from 'node:fs';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';

export const queryKinds = ['known-item', 'typo', 'prefix', 'far-apart'] as const;
export type QueryKind = (typeof queryKinds)[number];

/** A query and the row of the text it was made from; rows are numbered from 0. */
export interface LabelledQuery {
  readonly kind: QueryKind;
  /** Numbers of ranking are chosen on one half and judged on the other. */
  readonly half: 'tune' | 'test';
  readonly query: string;
  readonly row: number;
}

/** Texts of a CSV file (also .gz): its column `Document`, else its first. */
export function readTexts(file: string): readonly string[] {
  const rows = readCsv(file);
  const [first = {}] = rows;
  const column = 'Document' in first ? 'Document' : Object.keys(first)[0];
  return rows.map((row) => row[column ?? ''] ?? '');
}

/** Columns kind, half, query, row. */
export function readQueries(file: string): readonly LabelledQuery[] {
  return readCsv(file).map((row) => ({
    kind: queryKinds.find((kind) => kind === row['kind']) ?? 'known-item',
    half: row['half'] === 'tune' ? 'tune' : 'test',
    query: row['query'] ?? '',
    row: Number(row['row']),
  }));
}

export function writeQueries(file: string, queries: readonly LabelledQuery[]): void {
  fs.writeFileSync(file, `${Papa.unparse([...queries], { newline: '\n' })}\n`);
}

function readCsv(file: string): readonly Readonly<Record<string, string>>[] {
  const bytes = fs.readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}
