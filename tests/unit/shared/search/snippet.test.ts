import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldWord } from '../../../../shared/search/fold-word.ts';
import { makeSnippet, markText } from '../../../../shared/search/snippet.ts';

const hostile = path.join(import.meta.dirname, '../../../../../shared/data/hostile/xss.jsonl');

describe('a snippet', () => {
  it('is taken where most of the terms stand together', () => {
    const text = `vpn ${'other words '.repeat(40)} the vpn tunnel breaks ${'and more words '.repeat(40)}`;
    const { text: cut, ranges } = makeSnippet(text, new Set(['vpn', 'tunnel']), 120);
    expect(ranges.map(([start, end]) => cut.slice(start, end))).toEqual(['vpn', 'tunnel']);
    expect(cut.startsWith('…')).toBe(true);
    expect(cut.length).toBeLessThanOrEqual(124);
  });

  it('marks the word as it is written', () => {
    const { text, ranges } = markText('Größe der Mailbox in ZÜRICH', new Set(['zurich', 'grosse']));
    expect(ranges.map(([start, end]) => text.slice(start, end))).toEqual(['Größe', 'ZÜRICH']);
  });

  it('never overlaps, never leaves the text', () => {
    const texts = fs.existsSync(hostile)
      ? fs
          .readFileSync(hostile, 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as string)
      : [];
    const any = fc.oneof(fc.string({ unit: 'binary', maxLength: 400 }), fc.constantFrom('a', ...texts));
    fc.assert(
      fc.property(any, fc.integer({ min: 10, max: 200 }), (text, length) => {
        const terms = new Set((text.match(/[\p{L}\p{N}]+/gu) ?? []).filter((_, at) => at % 2 === 0).map(foldWord));
        for (const snippet of [makeSnippet(text, terms, length), markText(text, terms)]) {
          let last = 0;
          for (const [start, end] of snippet.ranges) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(snippet.text.length);
            last = end;
          }
        }
      }),
    );
  });
});
