import type { Condition } from '../data-api.ts';
import { foldText } from '../../../shared/fold-text.ts';
import type { DictionaryColumn } from './column.ts';
import type { ColumnTable } from './column-table.ts';

export type RowTest = (row: number) => boolean;

/** A filter, for one row and for all. */
export interface RowFilter {
  readonly test: RowTest;
  /** Sets to 0 what does not match, for rows from 0 to `size`. */
  readonly narrow: (matches: Uint8Array, size: number) => void;
}

/** Compiles conditions into one filter. A condition on a field that is not a column is a bug and throws. */
export function compileConditions(
  table: ColumnTable,
  conditions: readonly Condition[],
  acknowledgedSeq: () => number,
): RowFilter {
  const filters = [
    filterByTest((row) => !table.isDeleted(row)),
    ...conditions.map((condition) => compileCondition(table, condition, acknowledgedSeq)),
  ];
  return {
    test: (row) => filters.every(({ test }) => test(row)),
    narrow: (matches, size) => {
      for (const { narrow } of filters) narrow(matches, size);
    },
  };
}

export function filterByTest(test: RowTest): RowFilter {
  return {
    test,
    narrow: (matches, size) => {
      for (let row = 0; row < size; row += 1) if (matches[row] !== 0 && !test(row)) matches[row] = 0;
    },
  };
}

function compileCondition(table: ColumnTable, condition: Condition, acknowledgedSeq: () => number): RowFilter {
  if (condition.op === 'is') {
    const wanted = condition.value;
    if (condition.field === '$conflict') return filterByTest((row) => table.isConflict(row) === wanted);
    return filterByTest((row) => table.ownSeq(row) > acknowledgedSeq() === wanted);
  }
  if (condition.field === '$updatedAt' && condition.op === 'between') {
    return filterByTest((row) => isBetween(table.updatedAt(row), condition.from, condition.to));
  }
  const column = table.columns.get(condition.field);
  if (!column)
    throw new Error(
      `${table.kind} has no column ${condition.field}; its columns: ${[...table.columns.keys()].join(', ')}`,
    );
  if (condition.op === 'between') {
    if (column.layout !== 'number')
      throw new Error(`${table.kind}.${condition.field} holds no numbers: "between" cannot apply`);
    return filterByTest((row) => isBetween(column.numberAt(row), condition.from, condition.to));
  }
  const isIn = condition.op === 'in';
  if (column.layout === 'dictionary') return filterByCode(column, condition.values, isIn);
  const wanted = new Set(condition.values);
  return filterByTest((row) => {
    const value = column.get(row);
    return wanted.has(value === null ? null : String(value)) === isIn;
  });
}

function isBetween(value: number, from: number | undefined, to: number | undefined): boolean {
  return !Number.isNaN(value) && (from === undefined || value >= from) && (to === undefined || value < to);
}

/** A verdict for each code of the dictionary: a row costs two reads of typed memory. */
function filterByCode(column: DictionaryColumn, values: readonly (string | null)[], isIn: boolean): RowFilter {
  const wanted = new Set(values);
  let verdicts = new Uint8Array(0);
  // A value may enter the dictionary after the filter was compiled.
  const current = (): Uint8Array => {
    const known = column.values();
    if (verdicts.length <= known.length) {
      verdicts = new Uint8Array(known.length + 64);
      verdicts[0] = Number(wanted.has(null) === isIn);
      known.forEach((value, index) => {
        verdicts[index + 1] = Number(wanted.has(value) === isIn);
      });
      verdicts.fill(2, known.length + 1);
    }
    return verdicts;
  };
  const verdictOf = (code: number): number => {
    let verdict = current()[code];
    if (verdict === 2) {
      verdict = Number(wanted.has(column.values()[code - 1] ?? '') === isIn);
      verdicts[code] = verdict;
    }
    return verdict ?? 0;
  };
  return {
    test: (row) => verdictOf(column.codeAt(row)) === 1,
    narrow: (matches, size) => {
      const codes = column.codes();
      column.values().forEach((_value, index) => verdictOf(index + 1));
      const final = current();
      for (let row = 0; row < size; row += 1) {
        if (final[codes[row] ?? 0] === 0) matches[row] = 0;
      }
    },
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
