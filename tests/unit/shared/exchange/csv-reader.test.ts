import * as fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import { createCsvReader } from '../../../../shared/exchange/csv-reader.ts';
import type { CsvRecord } from '../../../../shared/exchange/csv-record.ts';

function read(
  text: string,
  options: { readonly delimiter?: string; readonly chunk?: number; readonly maxRecordLength?: number } = {},
): CsvRecord[] {
  const reader = createCsvReader({
    delimiter: options.delimiter ?? ',',
    ...(options.maxRecordLength === undefined ? {} : { maxRecordLength: options.maxRecordLength }),
  });
  const size = options.chunk ?? text.length + 1;
  const records: CsvRecord[] = [];
  for (let at = 0; at < text.length; at += size) records.push(...reader.push(text.slice(at, at + size)));
  return [...records, ...reader.end()];
}

const cells = (text: string, delimiter = ','): (readonly string[])[] =>
  read(text, { delimiter }).map((record) => record.cells);
const noisy = fc.string({ unit: fc.constantFrom('a', 'b', ',', ';', '"', '\n', '\r', ' ', 'ß', '😀'), maxLength: 60 });

describe('CSV reader', () => {
  it('reads quoted cells with delimiters, quotes and line ends in them', () => {
    expect(cells('a,"b ""x"", c","two\r\nlines"\r\nd,,\r\n')).toEqual([
      ['a', 'b "x", c', 'two\r\nlines'],
      ['d', '', ''],
    ]);
  });

  it('takes LF, CR LF and CR as line ends, needs none at the end, and skips blank lines', () => {
    expect(cells('a,b\nc,d\r\n\r\ne,f\rg,h')).toEqual([
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ]);
  });

  it('tells the physical line of each record', () => {
    expect(read('h\n"one\ntwo\r\nthree",x\n\ny\r\nz\n').map((record) => record.line)).toEqual([1, 2, 6, 7]);
  });

  it('agrees with Papa Parse on whatever Papa Parse writes', () => {
    const tables = fc.array(fc.array(noisy, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(tables, fc.constantFrom(',', ';', '\t'), fc.boolean(), (table, delimiter, quotes) => {
        const text = Papa.unparse(table, { delimiter, quotes });
        expect(cells(text, delimiter)).toEqual(Papa.parse<string[]>(text, { delimiter, newline: '\r\n' }).data);
      }),
    );
  });

  it('gives the same records however the text is cut into chunks, well-formed or not', () => {
    fc.assert(
      fc.property(noisy, fc.integer({ min: 1, max: 9 }), (text, chunk) => {
        expect(read(text, { chunk })).toEqual(read(text));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps every character that is not a quote or a separator', () => {
    const kept = (text: string): string => text.replaceAll(/[^abß😀]/gu, '');
    fc.assert(
      fc.property(noisy, (text) => {
        expect(
          kept(
            read(text)
              .flatMap((record) => record.cells)
              .join(''),
          ),
        ).toBe(kept(text));
      }),
      { numRuns: 500 },
    );
  });

  it('does not let a quote that is never closed swallow the rows after it', () => {
    const records = read('1,"open,x\n2,b,y\n3,"c",z\n');
    expect(records.map((record) => record.cells)).toEqual([
      ['1', '"open', 'x'],
      ['2', 'b', 'y'],
      ['3', 'c', 'z'],
    ]);
    expect(records.map((record) => record.broken)).toEqual(['bad-quoting', undefined, undefined]);
  });

  it('survives an open quote without any other in the file', () => {
    expect(cells('1,"open\n2,b\n3,c\n')).toEqual([
      ['1', '"open'],
      ['2', 'b'],
      ['3', 'c'],
    ]);
  });

  it('gives up on an open quote after the longest record, while the file is still coming', () => {
    const rest = Array.from({ length: 40 }, (_, row) => `${row},x\n`).join('');
    const reader = createCsvReader({ delimiter: ',', maxRecordLength: 100 });
    expect(reader.push(`1,"open\n${rest}`).length).toBe(41);
  });

  it('reads unescaped quotes within a cell as part of it', () => {
    const [record] = read('"He said "hello" to me",x\n');
    expect(record).toEqual({ cells: ['He said "hello" to me', 'x'], line: 1, broken: 'bad-quoting' });
  });

  it('cuts a record without end instead of holding the whole file', () => {
    const reader = createCsvReader({ delimiter: ',', maxRecordLength: 100 });
    const [record] = reader.push('x'.repeat(1_000));
    expect(record?.broken).toBe('record-too-long');
    expect(record?.cells[0]?.length).toBe(1_000);
  });

  it('takes time in proportion to the text when every line opens a quote', () => {
    const text = Array.from({ length: 20_000 }, (_, row) => `${row},"open\n`).join('');
    expect(read(text, { chunk: 65_536 }).length).toBe(20_000);
  });
});
