import type { FieldDefinition } from '../../../shared/domain/field.ts';
import type { FieldValue } from '../../../shared/sync/operation.ts';
import { packTexts, unpackTexts } from './packed-texts.ts';
import type { PackedTexts } from './packed-texts.ts';

/**
 * One field of all records of a kind, in memory (D15). Rows are dense positions. `null` means not set.
 * Three layouts: a dictionary with small codes (choices, references, flags, short repeated texts), doubles (instants,
 * counts) and plain strings (titles, references: nearly every value differs).
 */
export interface Column {
  readonly get: (row: number) => FieldValue;
  readonly set: (row: number, value: FieldValue) => void;
  readonly grow: (capacity: number) => void;
  readonly save: (size: number) => SavedColumn;
}

export type SavedColumn =
  | { readonly layout: 'dictionary'; readonly codes: Uint32Array; readonly values: readonly string[] }
  | { readonly layout: 'number'; readonly numbers: Float64Array }
  | { readonly layout: 'text'; readonly texts: PackedTexts };

export interface DictionaryColumn extends Column {
  readonly layout: 'dictionary';
  /** Code 0 is "not set"; code n is `values()[n - 1]`. */
  readonly codeAt: (row: number) => number;
  /** Codes by row, for loops over all of them; valid until the column grows, and longer than there are rows. */
  readonly codes: () => Uint32Array;
  readonly codeOf: (value: string) => number | undefined;
  readonly values: () => readonly string[];
}
export interface NumberColumn extends Column {
  readonly layout: 'number';
  /** NaN when not set. */
  readonly numberAt: (row: number) => number;
}
export interface TextColumn extends Column {
  readonly layout: 'text';
  readonly textAt: (row: number) => string | null;
}
export type AnyColumn = DictionaryColumn | NumberColumn | TextColumn;

export function createColumn(definition: FieldDefinition, capacity: number, saved?: SavedColumn): AnyColumn {
  const layout = layoutOf(definition);
  const usable = saved?.layout === layout ? saved : undefined;
  if (layout === 'number')
    return createNumberColumn(capacity, usable?.layout === 'number' ? usable.numbers : undefined);
  if (layout === 'text') return createTextColumn(usable?.layout === 'text' ? usable.texts : undefined);
  return createDictionaryColumn(
    capacity,
    definition.type === 'flag',
    usable?.layout === 'dictionary' ? usable : undefined,
  );
}

function layoutOf(definition: FieldDefinition): AnyColumn['layout'] {
  if (definition.type === 'instant' || definition.type === 'count') return 'number';
  // Searched texts are names and titles: a dictionary would hold each value once and buy nothing.
  if (definition.type === 'text' && definition.searched === true && definition.maxLength !== 100) return 'text';
  return 'dictionary';
}

function createDictionaryColumn(
  capacity: number,
  flag: boolean,
  saved?: { readonly codes: Uint32Array; readonly values: readonly string[] },
): DictionaryColumn {
  let codes = new Uint32Array(capacity);
  if (saved) codes.set(saved.codes);
  const values: string[] = saved ? [...saved.values] : [];
  const codeByValue = new Map(values.map((value, index) => [value, index + 1]));
  const encode = (value: FieldValue): number => {
    if (value === null) return 0;
    const key = typeof value === 'string' ? value : JSON.stringify(value);
    const known = codeByValue.get(key);
    if (known !== undefined) return known;
    values.push(key);
    codeByValue.set(key, values.length);
    return values.length;
  };
  return {
    layout: 'dictionary',
    get: (row) => {
      const code = codes[row] ?? 0;
      const value = code === 0 ? null : (values[code - 1] ?? null);
      return flag && value !== null ? value === 'true' : value;
    },
    set: (row, value) => {
      codes[row] = encode(value);
    },
    codeAt: (row) => codes[row] ?? 0,
    codes: () => codes,
    codeOf: (value) => codeByValue.get(value),
    values: () => values,
    grow: (size) => {
      codes = grown(codes, new Uint32Array(size));
    },
    save: (size) => ({ layout: 'dictionary', codes: codes.slice(0, size), values: [...values] }),
  };
}

function createNumberColumn(capacity: number, saved?: Float64Array): NumberColumn {
  let numbers = new Float64Array(capacity).fill(Number.NaN);
  if (saved) numbers.set(saved);
  return {
    layout: 'number',
    get: (row) => {
      const value = numbers[row] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    },
    set: (row, value) => {
      numbers[row] = typeof value === 'number' ? value : Number.NaN;
    },
    numberAt: (row) => numbers[row] ?? Number.NaN,
    grow: (size) => {
      numbers = grown(numbers, new Float64Array(size).fill(Number.NaN));
    },
    save: (size) => ({ layout: 'number', numbers: numbers.slice(0, size) }),
  };
}

function createTextColumn(saved?: PackedTexts): TextColumn {
  const texts: (string | null)[] = saved ? unpackTexts(saved) : [];
  return {
    layout: 'text',
    get: (row) => texts[row] ?? null,
    set: (row, value) => {
      texts[row] = typeof value === 'string' ? value : null;
    },
    textAt: (row) => texts[row] ?? null,
    grow: () => undefined,
    save: (size) => ({
      layout: 'text',
      texts: packTexts(Array.from({ length: size }, (_, row) => texts[row] ?? null)),
    }),
  };
}

function grown<Numbers extends Uint32Array | Float64Array | Int32Array | Uint8Array>(
  from: Numbers,
  to: Numbers,
): Numbers {
  to.set(from);
  return to;
}
