import { describe, expect, it } from 'vitest';
import { detectDialect } from '../../../../shared/exchange/csv-dialect.ts';
import { detectEncoding } from '../../../../shared/exchange/encoding.ts';

describe('delimiter', () => {
  it.each([[','], [';'], ['\t'], ['|']])('finds %j', (delimiter) => {
    const rows =
      ['name', 'text', 'date'].join(delimiter) + '\n' + [`a`, `"one, two; three"`, `1.1.2020`].join(delimiter) + '\n';
    expect(detectDialect(rows.repeat(3)).delimiter).toBe(delimiter);
  });

  it('is not misled by commas in the text of a file with semicolons', () => {
    expect(detectDialect('id;text\n1;a, b, c\n2;d, e\n3;f\n').delimiter).toBe(';');
  });

  it('believes a sep line and skips it', () => {
    expect(detectDialect('sep=;\r\na;b\r\n')).toEqual({ delimiter: ';', skip: 7 });
  });

  it('takes a file of one column for a comma file', () => {
    expect(detectDialect('name\nJane\nJoe\n').delimiter).toBe(',');
  });
});

describe('encoding', () => {
  const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);
  const utf16 = (text: string, swap: boolean): Uint8Array =>
    Uint8Array.from(
      Array.from(text).flatMap((character) => {
        const code = character.charCodeAt(0);
        return swap ? [code >> 8, code & 255] : [code & 255, code >> 8];
      }),
    );

  it('reads byte order marks', () => {
    expect(detectEncoding(bytes(0xef, 0xbb, 0xbf, 97))).toEqual({ label: 'utf-8', bomBytes: 3 });
    expect(detectEncoding(bytes(0xff, 0xfe, 97, 0))).toEqual({ label: 'utf-16le', bomBytes: 2 });
    expect(detectEncoding(bytes(0xfe, 0xff, 0, 97))).toEqual({ label: 'utf-16be', bomBytes: 2 });
  });

  it('knows UTF-16 without a mark by its zero bytes', () => {
    expect(detectEncoding(utf16('number,state\nINC1,New\n', false)).label).toBe('utf-16le');
    expect(detectEncoding(utf16('number,state\nINC1,New\n', true)).label).toBe('utf-16be');
  });

  it('takes what is not UTF-8 for Windows-1252', () => {
    expect(detectEncoding(bytes(0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72)).label).toBe('windows-1252');
    expect(detectEncoding(new TextEncoder().encode('Müller 😀 €')).label).toBe('utf-8');
  });

  it('forgives a character cut off at the end of the sample', () => {
    expect(detectEncoding(new TextEncoder().encode('x€').slice(0, 3)).label).toBe('utf-8');
  });

  it('does not take overlong forms or surrogates for UTF-8', () => {
    expect(detectEncoding(bytes(0xc0, 0x80)).label).toBe('windows-1252');
    expect(detectEncoding(bytes(0xe0, 0x80, 0x80)).label).toBe('windows-1252');
    expect(detectEncoding(bytes(0xed, 0xa0, 0x80)).label).toBe('windows-1252');
    expect(detectEncoding(bytes(0xf4, 0x90, 0x80, 0x80)).label).toBe('windows-1252');
  });
});
