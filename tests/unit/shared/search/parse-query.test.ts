import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { completeQuery } from '../../../../shared/search/complete-query.ts';
import { parseQuery } from '../../../../shared/search/parse-query.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 24, 12);
const times = {
  now,
  startOfDay: (year: number, month: number, dayOfMonth: number) => Date.UTC(year, month - 1, dayOfMonth),
  dayOf: (at: number) => ({
    year: new Date(at).getUTCFullYear(),
    month: new Date(at).getUTCMonth() + 1,
    day: new Date(at).getUTCDate(),
  }),
};
const parse = (text: string): ReturnType<typeof parseQuery> => parseQuery(text, times);

describe('a query', () => {
  it('is words, phrases, filters, each also excluded', () => {
    const { wanted, filters, faults } = parse('vpn "drops at noon" -mail queue:network,desk -state:closed due:<2d');
    expect(wanted).toEqual([
      { text: 'vpn', isPhrase: false, isExcluded: false },
      { text: 'drops at noon', isPhrase: true, isExcluded: false },
      { text: 'mail', isPhrase: false, isExcluded: true },
    ]);
    expect(filters.map(({ field, isExcluded, values, range }) => [field.name, isExcluded, values, range])).toEqual([
      ['queue', false, ['network', 'desk'], null],
      ['state', true, ['closed'], null],
      ['due', false, [], { to: now + 2 * day }],
    ]);
    expect(faults).toEqual([]);
  });

  it('knows the words of other languages', () => {
    expect(parse('Fällig:morgen Melder:anna').filters.map(({ field }) => field.name)).toEqual(['due', 'caller']);
  });

  it('reads times', () => {
    const range = (typed: string): unknown => parse(typed).filters[0]?.range;
    expect(range('updated:<4h')).toEqual({ from: now - 4 * 3_600_000 });
    expect(range('updated:>1w')).toEqual({ to: now - 7 * day });
    expect(range('due:overdue')).toEqual({ to: now });
    expect(range('due:tomorrow')).toEqual({ from: Date.UTC(2026, 10, 25), to: Date.UTC(2026, 10, 26) });
    expect(range('opened:2026-11-01..2026-11-03')).toEqual({ from: Date.UTC(2026, 10, 1), to: Date.UTC(2026, 10, 4) });
    expect(range('opened:<2026-11-01')).toEqual({ to: Date.UTC(2026, 10, 1) });
  });

  it('says what it does not understand, and what it would', () => {
    expect(parse('quue:network').faults).toEqual([{ kind: 'unknown-field', got: 'quue', expected: ['queue'] }]);
    expect(parse('due:soon').faults[0]).toMatchObject({ kind: 'bad-time', got: 'soon' });
    expect(parse('caller:').faults[0]).toMatchObject({ kind: 'no-value', got: 'caller' });
    expect(parse('error:0x80070005').wanted).toEqual([
      { text: 'error:0x80070005', isPhrase: false, isExcluded: false },
    ]);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        parse(text);
        completeQuery(text, () => ['one two']);
      }),
    );
  });
});

describe('completion', () => {
  const complete = (text: string): readonly string[] =>
    completeQuery(text, (field) => (field.name === 'queue' ? ['Network', 'Service desk'] : [])).map(
      ({ query }) => query,
    );

  it('goes on with fields, then with their values', () => {
    expect(complete('vpn qu')).toEqual(['vpn queue:']);
    expect(complete('vpn queue:')).toEqual(['vpn queue:Network ', 'vpn queue:"Service desk" ']);
    expect(complete('vpn -queue:des')).toEqual(['vpn -queue:"Service desk" ']);
    expect(complete('queue:desk,net')).toEqual(['queue:desk,Network ']);
    expect(complete('vpn ')).toEqual([]);
  });
});
