import type { Condition } from '../data-api.ts';
import { foldText } from './fold-text.ts';
import type { AnyColumn } from './column.ts';
import type { ColumnTable } from './column-table.ts';

export type RowTest = (row: number) => boolean;

/** Compiles conditions into one test of a row. A condition on a field that is not a column is a bug and throws. */
export function compileConditions(
  table: ColumnTable,
  conditions: readonly Condition[],
  acknowledgedSeq: () => number,
): RowTest {
  const tests = conditions.map((condition) => compileCondition(table, condition, acknowledgedSeq));
  return (row) => !table.isDeleted(row) && tests.every((test) => test(row));
}

function compileCondition(table: ColumnTable, condition: Condition, acknowledgedSeq: () => number): RowTest {
  if (condition.op === 'is') {
    const wanted = condition.value;
    if (condition.field === '$conflict') return (row) => table.isConflict(row) === wanted;
    return (row) => table.ownSeq(row) > acknowledgedSeq() === wanted;
  }
  if (condition.field === '$updatedAt' && condition.op === 'between') {
    return (row) => isBetween(table.updatedAt(row), condition.from, condition.to);
  }
  const column = table.columns.get(condition.field);
  if (!column)
    throw new Error(
      `${table.kind} has no column ${condition.field}; its columns: ${[...table.columns.keys()].join(', ')}`,
    );
  if (condition.op === 'between') {
    if (column.layout !== 'number')
      throw new Error(`${table.kind}.${condition.field} holds no numbers: "between" cannot apply`);
    return (row) => isBetween(column.numberAt(row), condition.from, condition.to);
  }
  const member = membership(column, condition.values);
  return condition.op === 'in' ? member : (row) => !member(row);
}

function isBetween(value: number, from: number | undefined, to: number | undefined): boolean {
  return !Number.isNaN(value) && (from === undefined || value >= from) && (to === undefined || value < to);
}

function membership(column: AnyColumn, values: readonly (string | null)[]): RowTest {
  const strings = values.filter((value) => value !== null);
  const withNull = strings.length < values.length;
  if (column.layout === 'dictionary') {
    // A value may enter the dictionary after the filter was compiled: look codes up lazily and remember them.
    const wanted = new Set(strings);
    const known = new Map<number, boolean>([[0, withNull]]);
    return (row) => {
      const code = column.codeAt(row);
      const seen = known.get(code);
      if (seen !== undefined) return seen;
      const answer = wanted.has(column.values()[code - 1] ?? '');
      known.set(code, answer);
      return answer;
    };
  }
  const wanted = new Set(strings);
  return (row) => {
    const value = column.get(row);
    return value === null ? withNull : wanted.has(String(value));
  };
}

/** Tests whether every word typed begins a word of the row's searched columns or of the titles it points to. */
export function compileSearch(search: string, haystackOf: (row: number) => string): RowTest | null {
  const words = foldText(search)
    .split(' ')
    .filter((word) => word !== '');
  if (words.length === 0) return null;
  const needles = words.map((word) => (/\d/.test(word) ? word : ` ${word}`));
  return (row) => {
    const haystack = haystackOf(row);
    return needles.every((needle) => haystack.includes(needle));
  };
}
