import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entities } from '../../../../shared/domain/entities.ts';
import { missingFields, shorten, validateWrite } from '../../../../shared/domain/validate-write.ts';

describe('validateWrite', () => {
  it('takes writes that fit, cleared fields too', () => {
    const fields = {
      title: 'Printer',
      state: 'new',
      impact: '1',
      openedAt: 1_700_000_000_000,
      reopenCount: 0,
      major: true,
      caller: 'p',
      assignee: null,
      'tags/vip': true,
      'links/t2': false,
    };
    expect(validateWrite('ticket', fields)).toEqual({ knownKind: true, unknownFields: [], problems: [] });
  });

  it('keeps what a newer version wrote, and says so (D14)', () => {
    expect(validateWrite('ticket', { title: 'x', mood: 7, 'labels/a': true })).toEqual({
      knownKind: true,
      unknownFields: ['mood', 'labels/a'],
      problems: [],
    });
    expect(validateWrite('contract', { name: 7 })).toEqual({ knownKind: false, unknownFields: ['name'], problems: [] });
    expect(validateWrite('toString', { name: 7 })).toMatchObject({ knownKind: false });
    expect(validateWrite('ticket', { constructor: 7 })).toMatchObject({ unknownFields: ['constructor'] });
  });

  it.each([
    ['title', null, 'required-field', {}],
    ['title', ' ', 'required-field', {}],
    ['title', 7, 'bad-type', { expected: 'text', got: '7' }],
    ['title', 'x'.repeat(201), 'text-too-long', { max: 200, actual: 201 }],
    [
      'state',
      'open',
      'bad-choice',
      { expected: 'new, in-progress, on-hold, resolved, closed, canceled', got: '"open"' },
    ],
    ['impact', 1, 'bad-choice', { got: '1' }],
    ['caller', 7, 'bad-type', { expected: 'id' }],
    ['caller', '', 'bad-type', { expected: 'id' }],
    ['caller', 'x'.repeat(65), 'bad-type', { expected: 'id' }],
    ['openedAt', '2026-01-01', 'bad-type', { expected: 'instant', got: '"2026-01-01"' }],
    ['openedAt', 1.5, 'bad-type', { expected: 'instant' }],
    ['openedAt', 8_640_000_000_000_001, 'bad-type', { expected: 'instant' }],
    ['reopenCount', -1, 'bad-type', { expected: 'count' }],
    ['major', 'yes', 'bad-type', { expected: 'flag' }],
    ['tags', ['vip'], 'bad-type', { expected: 'element' }],
    ['tags/', true, 'bad-type', { expected: 'element' }],
    ['tags/vip', 'yes', 'bad-type', { expected: 'flag' }],
    [`tags/${'x'.repeat(51)}`, true, 'text-too-long', { max: 50, actual: 51 }],
    ['title/x', true, 'bad-type', { expected: 'element' }],
  ] as const)('refuses %s = %j as %s', (field, value, kind, values) => {
    expect(validateWrite('ticket', { [field]: value }).problems).toMatchObject([
      { kind, field, ...(Object.keys(values).length === 0 ? {} : { values }) },
    ]);
  });

  it('tells every problem of a write', () => {
    expect(validateWrite('ticket', { title: 7, major: 1, impact: '1' }).problems.map((each) => each.field)).toEqual([
      'title',
      'major',
    ]);
  });

  it('never throws, whatever comes, and cuts what it shows of it', () => {
    const fieldNames = fc.oneof(fc.constantFrom(...Object.keys(entities.ticket.fields)), fc.string());
    fc.assert(
      fc.property(fc.dictionary(fieldNames, fc.jsonValue({ maxDepth: 3 })), (fields) => {
        const { problems, unknownFields } = validateWrite('ticket', JSON.parse(JSON.stringify(fields)));
        expect(problems.length + unknownFields.length).toBeLessThanOrEqual(Object.keys(fields).length);
        for (const { values } of problems) expect(String(values?.['got'] ?? '').length).toBeLessThanOrEqual(60);
      }),
    );
    expect(shorten('x'.repeat(100))).toHaveLength(60);
  });

  it('names the required fields that a new record lacks', () => {
    expect(missingFields(entities.ticket, { type: 'incident', title: '' })).toEqual([
      'title',
      'state',
      'impact',
      'urgency',
    ]);
    expect(missingFields(entities.site, { name: 'Oslo' })).toEqual([]);
  });
});
