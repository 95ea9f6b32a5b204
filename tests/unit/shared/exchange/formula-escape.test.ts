import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeFormula, looksLikeFormula, unescapeFormula } from '../../../../shared/exchange/formula-escape.ts';

const nasty = fc.string({
  unit: fc.constantFrom(
    ';',
    '\t',
    '\n',
    '\r',
    "'",
    '=',
    '+',
    '-',
    '@',
    ' ',
    'a',
    '1',
    '＝',
    '＋',
    '－',
    '＠',
    '\u200b',
    '\0',
    '"',
    ',',
  ),
  maxLength: 30,
});

describe('formula escape', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '＝1', '＋1', '－1', '＠1', '\u200b=1', '\0=1'])(
    'makes %j text',
    (text) => {
      expect(escapeFormula(text)).toBe(`'${text}`.replace(/([\t\r])=/, "$1'="));
      expect(looksLikeFormula(escapeFormula(text))).toBe(false);
    },
  );

  it('marks cells that a spreadsheet with another delimiter would find inside', () => {
    expect(escapeFormula("done;=cmd|' /C calc'!A0")).toBe("done;'=cmd|' /C calc'!A0");
    expect(escapeFormula('first\n=1')).toBe("first\n'=1");
    expect(escapeFormula('a\t-1')).toBe("a\t'-1");
  });

  it('leaves ordinary text alone, lists among it', () => {
    for (const text of [
      'hello',
      'a = b',
      "it's",
      "'quoted'",
      'to do:\n- one\n- two\n+ three',
      'x; - y',
      '5-3',
      'a@b.c',
    ])
      expect(escapeFormula(text)).toBe(text);
  });

  it('tells an empty text from no value', () => {
    expect(escapeFormula('')).toBe("'");
    expect(escapeFormula("'")).toBe("''");
  });

  it('is undone exactly, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        const cell = escapeFormula(text);
        expect(unescapeFormula(cell)).toBe(text);
        expect(looksLikeFormula(cell)).toBe(false);
        for (const part of cell.split(/[;\t\r\n]/).slice(1))
          expect(/^\s*(?:[=@＝＠＋－]|[+-]\S)/.test(part)).toBe(false);
      }),
      { numRuns: 3_000 },
    );
  });

  it('takes time in proportion to the length', () => {
    const text = `${'\n'.repeat(200_000)}=1`;
    expect(unescapeFormula(escapeFormula(text))).toBe(text);
  });
});
