import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordValues } from '../../../../shared/domain/change.ts';
import { combineDigests, digestRecord, recordName } from '../../../../shared/domain/content-digest.ts';

const names: Readonly<Record<string, string>> = { p1: 'Ada', p2: 'Ada', q1: 'Network', t9: 'INC0000009', other: 'Ada' };
const digest = (values: RecordValues, entity = 'ticket') => digestRecord({ entity, values }, (id) => names[id]);

describe('content digest', () => {
  const base: RecordValues = {
    title: 'Printer',
    queue: 'q1',
    caller: 'p1',
    'tags/vip': true,
    'watchers/p1': true,
    openedAt: 5,
    major: false,
  };

  it('does not depend on ids, on the order of fields, or on what was cleared', () => {
    const same: RecordValues = {
      major: false,
      openedAt: 5,
      caller: 'other',
      queue: 'q1',
      title: 'Printer',
      assignee: null,
      description: '',
      'tags/old': false,
      'tags/vip': true,
      'watchers/p2': true,
    };
    expect(digest(same)).toBe(digest(base));
  });

  it.each([
    [{ title: 'printer' }],
    [{ queue: 'p1' }],
    [{ 'tags/vip': false }],
    [{ 'tags/new': true }],
    [{ 'watchers/p2': true }],
    [{ openedAt: 6 }],
    [{ major: null }],
    [{ parent: 't9' }],
    [{ queue: 'not-here' }],
    [{ 'field-of-tomorrow': 1 }],
  ])('changes with %j', (change) => {
    expect(digest({ ...base, ...change })).not.toBe(digest(base));
  });

  it('changes with the kind', () => {
    expect(digest({ name: 'Oslo' }, 'site')).not.toBe(digest({ name: 'Oslo' }, 'queue'));
  });

  it('counts the device reference only while there is no number', () => {
    expect(digest({ reference: 'INC-A-1' })).not.toBe(digest({ reference: 'INC-B-1' }));
    expect(digest({ reference: 'INC-A-1', number: 'INC1' })).toBe(digest({ reference: 'INC-B-1', number: 'INC1' }));
  });

  it('leaves the device reference out where no authority gives numbers', () => {
    expect(digest({ name: 'Switch', reference: 'CI-A-1' }, 'asset')).toBe(
      digest({ name: 'Switch', reference: 'CI-B-1' }, 'asset'),
    );
    expect(recordName({ entity: 'asset', values: { reference: 'CI-A-1', name: 'Switch' } })).toBe('Switch');
  });

  it('reads line ends as one, and no other white space', () => {
    expect(digest({ description: 'a\r\nb\rc' })).toBe(digest({ description: 'a\nb\nc' }));
    expect(digest({ description: 'a b' })).not.toBe(digest({ description: 'a  b' }));
  });

  it('names a record by number, reference, title', () => {
    expect(recordName({ entity: 'ticket', values: { number: 'N', reference: 'R', title: 'T' } })).toBe('N');
    expect(recordName({ entity: 'ticket', values: { number: null, reference: 'R', title: 'T' } })).toBe('R');
    expect(recordName({ entity: 'ticket', values: { title: 'T' } })).toBe('T');
    expect(recordName({ entity: 'person', values: { name: 'Ada' } })).toBe('Ada');
    expect(recordName({ entity: 'kind-of-tomorrow', values: {} })).toBe('');
  });

  it('does not depend on the order of records, but on each and on how often it is there', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 20 }), (titles) => {
        const digests = titles.map((title) => digest({ title }));
        expect(combineDigests(digests.toReversed())).toBe(combineDigests(digests));
        expect(combineDigests([...digests, digest({ title: titles[0] ?? '' })])).not.toBe(combineDigests(digests));
        expect(combineDigests(digests.slice(1))).not.toBe(combineDigests(digests));
      }),
    );
  });
});
