import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepBothTexts, mergeText } from '../../../../shared/sync/merge-text.ts';
import { diffText, diffTokens, wordsOf } from '../../../../shared/sync/token-diff.ts';

const word = fc.constantFrom('printer', 'toner', 'gate', 'reset', 'did', 'not', 'help', 'ä', '7');
const text = fc
  .array(fc.array(word, { maxLength: 4 }), { maxLength: 5 })
  .map((lines) => lines.map((line) => line.join(' ')).join('\n'));

function countsOf(words: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of words.match(/[\p{L}\p{N}]+/gu) ?? []) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

describe('the difference of two texts', () => {
  it('is made of the two texts, whatever they are', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        for (const runs of [diffTokens(wordsOf(before), wordsOf(after)), diffText(before, after)]) {
          const of = (kinds: readonly string[]): string =>
            runs.flatMap(({ kind, tokens }) => (kinds.includes(kind) ? tokens : [])).join('');
          expect(of(['same', 'removed'])).toBe(before);
          expect(of(['same', 'added'])).toBe(after);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is the shortest one', () => {
    const runs = diffTokens('A B C A B B A'.split(' '), 'C B A B A C'.split(' '));
    const differing = runs.filter(({ kind }) => kind !== 'same').flatMap(({ tokens }) => tokens);
    expect(differing).toHaveLength(5);
  });

  it('is told in whole lines where a line came, in words where one was changed', () => {
    const runs = diffText('Reboot did not help.\nkeep.\nend', 'Reboot did help.\nkeep.\nMedia: thermal.\nend');
    const differing = runs.filter(({ kind }) => kind !== 'same');
    expect(differing.map(({ kind, tokens }) => `${kind}: ${tokens.join('')}`)).toEqual([
      'removed: not ',
      'added: \nMedia: thermal.',
    ]);
  });

  it('tells texts that have little in common as one replacement, and in bounded time', () => {
    const before = Array.from({ length: 4_000 }, (_, index) => `a${index}`);
    const after = Array.from({ length: 4_000 }, (_, index) => `b${index}`);
    expect(diffTokens(before, after).map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });
});

describe('the three-way merge of texts', () => {
  const merged = (base: string, mine: string, theirs: string): readonly [string, number] => {
    const { text: result, overlaps } = mergeText(base, mine, theirs);
    return [result, overlaps];
  };

  it('takes what each side changed, in other lines or in other words of one line', () => {
    expect(merged('one\ntwo\nthree', 'ONE\ntwo\nthree', 'one\ntwo\nTHREE')).toEqual(['ONE\ntwo\nTHREE', 0]);
    expect(merged('The printer is broken.', 'The label printer is broken.', 'The printer is broken again.')).toEqual([
      'The label printer is broken again.',
      0,
    ]);
    expect(merged('keep\ndrop\nkeep', 'keep\nkeep', 'keep\ndrop\nkeep\nmore')).toEqual(['keep\nkeep\nmore', 0]);
  });

  it('keeps the lines of both where they changed the same words, and says so', () => {
    expect(merged('Reboot did not help.', 'Reboot helped once.', 'Reboot never helped.')).toEqual([
      'Reboot helped once.\nReboot never helped.',
      1,
    ]);
    expect(merged('Call back', 'Call back\nLeft a message', 'Call back\nNobody there')).toEqual([
      'Call back\nLeft a message\nNobody there',
      1,
    ]);
    expect(merged('gone', '', 'gone, but for this')[0]).toContain('gone, but for this');
  });

  it('keeps both whole when nobody knows what was before, and what they share once', () => {
    expect(keepBothTexts('a\nb', 'a\nc')).toBe('a\nb\nc');
  });

  it('changes nothing for a side that changed nothing, or the same', () => {
    fc.assert(
      fc.property(text, text, (base, side) => {
        expect(merged(base, base, side)).toEqual([side, 0]);
        expect(merged(base, side, base)).toEqual([side, 0]);
        expect(merged(base, side, side)).toEqual([side, 0]);
      }),
    );
  });

  it('never drops a word that a side wrote, nor one of the base that both left', () => {
    fc.assert(
      fc.property(text, text, text, (base, mine, theirs) => {
        const [b, m, t, result] = [base, mine, theirs, mergeText(base, mine, theirs).text].map(countsOf);
        for (const each of new Set([...(b?.keys() ?? []), ...(m?.keys() ?? []), ...(t?.keys() ?? [])])) {
          const [was, own, foreign] = [b?.get(each) ?? 0, m?.get(each) ?? 0, t?.get(each) ?? 0];
          const added = Math.max(0, own - was, foreign - was);
          const left = Math.max(0, Math.min(was, own) + Math.min(was, foreign) - was);
          expect(result?.get(each) ?? 0, `“${each}”`).toBeGreaterThanOrEqual(Math.max(added, left));
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
