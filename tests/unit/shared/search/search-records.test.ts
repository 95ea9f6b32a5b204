import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePart, encodePart } from '../../../../shared/search/sealed-part.ts';
import { SearchIndex } from '../../../../shared/search/search-index.ts';
import { searchRecords, type SearchAnswer, type WantedText } from '../../../../shared/search/search-records.ts';

const weights = [2, 1];

function indexOf(records: Readonly<Record<string, readonly string[]>>): SearchIndex {
  const index = new SearchIndex(2);
  for (const [id, texts] of Object.entries(records)) index.put(id, texts);
  return index;
}

function find(index: SearchIndex, ...wanted: readonly (string | WantedText)[]): SearchAnswer {
  return searchRecords(index, {
    wanted: wanted.map((each) => (typeof each === 'string' ? { text: each, isPhrase: false } : each)),
    weights,
    limit: 50,
  });
}

const idsOf = (answer: SearchAnswer): readonly string[] => answer.hits.map(({ id }) => id);

describe('what is found', () => {
  const index = indexOf({
    vpn: ['VPN drops in the office', 'The tunnel to Zürich ends after 5 minutes, error 0x80070005.'],
    printer: ['Netzwerkdrucker druckt nicht', 'Der Netzwerkdrucker im 3. Stock meldet Papierstau'],
    mail: ['E-mail cannot be sent', 'anna.kovac@example.org gets INC-K3V9-17 and INC0001234 back'],
    japan: ['プリンターが動かない', '东京办公室的打印机坏了'],
    network: ['Netzwerk', 'Der Drucker'],
  });

  it('folds case and accents, also spelled out', () => {
    expect(idsOf(find(index, 'ZURICH'))).toEqual(['vpn']);
    expect(idsOf(find(index, 'zürich'))).toEqual(['vpn']);
    expect(idsOf(find(index, 'Zuerich'))).toEqual(['vpn']);
  });

  it('takes the beginning of a word', () => {
    expect(idsOf(find(index, 'tunn off'))).toEqual(['vpn']);
  });

  it('takes references and numbers whole and by their parts', () => {
    for (const typed of ['INC-K3V9-17', 'inc-k3v9', 'k3v9 17', '1234', 'INC0001234', 'inc1234 e-mail', '0x80070005'])
      expect(idsOf(find(index, typed)).length, typed).toBeGreaterThan(0);
    expect(idsOf(find(index, 'email'))).toContain('mail');
    expect(idsOf(find(index, 'anna.kovac@example.org'))).toEqual(['mail']);
    expect(idsOf(find(index, '1234'))).toEqual(['mail']);
  });

  it('finds compounds by their head, and their parts by the compound', () => {
    expect(idsOf(find(index, 'drucker'))).toContain('printer');
    expect(idsOf(find(index, 'netzwerkdrucker'))[0]).toBe('printer');
    expect(idsOf(find(index, 'netzwerkdrucker'))).toContain('network');
  });

  it('finds words without spaces between them', () => {
    expect(idsOf(find(index, '打印机'))).toEqual(['japan']);
    expect(idsOf(find(index, '机'))).toEqual(['japan']);
    expect(idsOf(find(index, 'プリンター'))).toEqual(['japan']);
    expect(idsOf(find(index, '印打'))).toEqual([]);
  });

  it('forgives a typing error, and says so', () => {
    const answer = find(index, 'tunel');
    expect(idsOf(answer)).toEqual(['vpn']);
    expect(answer.loosened).toBe('typos');
    expect(idsOf(find(index, 'officce zurihc'))).toEqual(['vpn']);
  });

  it('takes a phrase as words in a row, not over the end of a field', () => {
    expect(idsOf(find(index, { text: 'in the office', isPhrase: true }))).toEqual(['vpn']);
    expect(idsOf(find(index, { text: 'office in the', isPhrase: true }))).toEqual([]);
    expect(idsOf(find(index, { text: 'office the tunnel', isPhrase: true }))).toEqual([]);
  });

  it('leaves out what has an excluded word', () => {
    expect(idsOf(find(index, 'drucker', { text: 'papierstau', isPhrase: false, isExcluded: true }))).not.toContain(
      'printer',
    );
  });

  it('gives up a word rather than find nothing, and says so', () => {
    const answer = find(index, 'tunnel zürich unicorn');
    expect(idsOf(answer)).toEqual(['vpn']);
    expect(answer.loosened).toBe('some-words');
  });

  it('puts a word in the title before one in the text', () => {
    const two = indexOf({ text: ['Something', 'paper jam somewhere'], title: ['paper jam', 'somewhere'] });
    expect(idsOf(find(two, 'jam'))).toEqual(['title', 'text']);
  });
});

const word = fc.constantFrom(
  'vpn',
  'mail',
  'error',
  'printer',
  'print',
  'paper',
  'team',
  'north',
  'zürich',
  '打印机',
  'inc-7',
);
const text = fc.array(word, { maxLength: 8 }).map((words) => words.join(' '));
const step = fc.oneof(
  fc.record({ put: fc.nat({ max: 15 }), title: text, body: text }),
  fc.record({ remove: fc.nat({ max: 15 }) }),
  fc.constant({ seal: true as const }),
  fc.constant({ compact: true as const }),
  fc.constant({ save: true as const }),
);

describe('the index', () => {
  it('answers as one built anew, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.array(word, { minLength: 1, maxLength: 3 }), (steps, typed) => {
        let index = new SearchIndex(2);
        const records = new Map<string, readonly string[]>();
        for (const each of steps) {
          if ('put' in each) {
            records.set(`r${each.put}`, [each.title, each.body]);
            index.put(`r${each.put}`, [each.title, each.body]);
          } else if ('remove' in each) {
            records.delete(`r${each.remove}`);
            index.remove(`r${each.remove}`);
          } else if ('seal' in each) index.seal();
          else if ('compact' in each) index.compactNow(0);
          else index = reload(index);
        }
        const anew = indexOf(Object.fromEntries([...records].sort()));
        const [one, other] = [find(index, ...typed), find(anew, ...typed)];
        expect(index.size).toBe(records.size);
        expect(idsOf(one).toSorted()).toEqual(idsOf(other).toSorted());
        for (const hit of one.hits)
          expect(hit.score).toBeCloseTo(other.hits.find(({ id }) => id === hit.id)?.score ?? -1, 4);
      }),
      { numRuns: 150 },
    );
  });

  it('finds every record with each word, as a slow scan does', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text), { maxLength: 20 }), word, word, (texts, one, other) => {
        const index = indexOf(Object.fromEntries(texts.map((each, at) => [`r${at}`, each])));
        const scan = (test: (words: readonly string[]) => boolean): readonly string[] =>
          texts.flatMap((fields, at) => (test(fields.join(' ').split(' ')) ? [`r${at}`] : []));
        const strict = (typed: string, isPhrase = false): readonly string[] =>
          idsOf(searchRecords(index, { wanted: [{ text: typed, isPhrase }], weights, limit: 50, isStrict: true }));
        const exact = scan((words) => words.includes(one) && words.includes(other));
        const found = strict(`${one} ${other}`);
        for (const id of exact) expect(found).toContain(id);
        for (const id of scan((words) => words.some((each) => each.startsWith(one.slice(0, 3)))))
          expect(strict(one.slice(0, 3))).toContain(id);
        const row = texts.flatMap((fields, at) =>
          fields.some((field) => ` ${field} `.includes(` ${one} ${other} `)) ? [`r${at}`] : [],
        );
        expect(strict(`${one} ${other}`, true).toSorted()).toEqual(row.toSorted());
      }),
      { numRuns: 150 },
    );
  });

  it('knows damaged bytes', () => {
    const index = indexOf({ a: ['one', 'two three'], '0190a0f0-1111-7222-8333-444455556666': ['two', ''] });
    index.seal();
    const bytes = encodePart(index.sealed[0]?.content ?? fail());
    expect(decodePart(bytes)?.ids).toEqual(index.sealed[0]?.ids);
    for (let at = 0; at < bytes.length; at += 1) {
      const damaged = bytes.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x10;
      expect(decodePart(damaged), `byte ${at}`).toBeNull();
      expect(decodePart(bytes.subarray(0, at)), `first ${at} bytes`).toBeNull();
    }
  });

  it('takes any text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (any) => {
        const index = indexOf({ it: [any, any] });
        find(index, any, { text: any, isPhrase: true });
        index.seal();
        expect(reload(index).size).toBe(1);
      }),
    );
  });
});

function fail(): never {
  throw new Error('nothing was sealed');
}

/** As after a restart. */
function reload(index: SearchIndex): SearchIndex {
  index.seal();
  const parts = index.sealed.map((part) => {
    const read = decodePart(encodePart(part.content)) ?? fail();
    read.removed.set(part.removed);
    return read;
  });
  return new SearchIndex(2, parts);
}
