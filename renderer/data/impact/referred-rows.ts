import type { ColumnTable } from '../columns/column-table.ts';

/** For a column of references: the row in `table` that a row points to, -1 for none. Each id is looked up once. */
export function referredRows(from: ColumnTable, field: string, table: ColumnTable): (row: number) => number {
  const column = from.columns.get(field);
  if (column?.layout !== 'dictionary') throw new Error(`${from.kind}.${field} is not a column of references`);
  const rows = Int32Array.from(column.values(), (id) => table.rowOf(id) ?? -1);
  const codes = column.codes();
  return (row) => {
    const code = codes[row] ?? 0;
    return code === 0 ? -1 : (rows[code - 1] ?? -1);
  };
}

/** Whether a record is there and in use. */
export function isInUse(table: ColumnTable, row: number): boolean {
  return !table.isDeleted(row) && table.columns.get('active')?.get(row) !== false;
}

/** The same for all rows at once, and besides what `holds` for the value of another column; each value is judged once. */
export function rowsInUse(table: ColumnTable, field?: string, holds?: (value: unknown) => boolean): Uint8Array {
  const active = judgeValues(table, 'active', (value) => value !== false);
  const other = field === undefined || holds === undefined ? () => true : judgeValues(table, field, holds);
  return Uint8Array.from({ length: table.size }, (_, row) =>
    Number(!table.isDeleted(row) && active(row) && other(row)),
  );
}

/** What `judge` says of each row's value, null where it has none. */
export function judgeValues<Verdict>(
  table: ColumnTable,
  field: string,
  judge: (value: unknown) => Verdict,
): (row: number) => Verdict {
  const column = table.columns.get(field);
  if (column?.layout !== 'dictionary') throw new Error(`${table.kind}.${field} is not a column of few values`);
  const isFlag = table.typeOf(field)?.type === 'flag';
  const none = judge(null);
  const verdicts = column.values().map((value) => judge(isFlag ? value === 'true' : value));
  const codes = column.codes();
  return (row) => {
    const code = codes[row] ?? 0;
    return code === 0 ? none : (verdicts[code - 1] ?? none);
  };
}
