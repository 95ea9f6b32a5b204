import * as fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { entities, type EntityKind } from '../../../../shared/domain/entities.ts';
import type { FieldDefinition } from '../../../../shared/domain/field.ts';
import { createCsvReader } from '../../../../shared/exchange/csv-reader.ts';
import {
  exportHeader,
  exportRecord,
  type ExportedRecord,
  type NameReference,
} from '../../../../shared/exchange/csv-export.ts';
import { looksLikeFormula } from '../../../../shared/exchange/formula-escape.ts';
import { valueText } from '../../../../shared/exchange/value-text.ts';
import { assertNever } from '../../../../shared/result.ts';
import type { FieldValue } from '../../../../shared/sync/operation.ts';
import { importText, MemorySpace } from '../../../helpers/exchange/memory-space.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({
    unit: fc.constantFrom(
      ';',
      ',',
      '\t',
      '\n',
      '\r',
      "'",
      '"',
      '=',
      '+',
      '-',
      '@',
      '|',
      '\\',
      ' ',
      '{',
      '}',
      'a',
      '＝',
      '😀',
    ),
    maxLength: 20,
  }),
);

/** Any value a field of the registry may hold; references lead to `targets` or nowhere. */
function valueOf(field: FieldDefinition, targets: readonly string[]): fc.Arbitrary<FieldValue> {
  switch (field.type) {
    case 'text':
      return text.map((value) => value.slice(0, field.maxLength));
    case 'choice':
      return fc.constantFrom(...field.choices);
    case 'reference':
      return fc.constantFrom(...targets, 'nowhere');
    case 'instant':
      return fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.maxSafeInteger());
    case 'count':
      return fc.oneof(
        fc.integer(),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0 || 0),
      );
    case 'flag':
      return fc.boolean();
    default:
      return assertNever(field);
  }
}

function valuesOf(entity: EntityKind, targets: readonly string[]): fc.Arbitrary<Record<string, FieldValue>> {
  const fields: Readonly<Record<string, FieldDefinition>> = entities[entity].fields;
  const parts = Object.entries(fields).map(([name, field]) =>
    field.merge === 'set'
      ? fc
          .uniqueArray(valueOf(field, targets), { maxLength: 3 })
          .map((elements) => Object.fromEntries(elements.map((element) => [`${name}/${valueText(element)}`, true])))
      : fc.option(valueOf(field, targets)).map((value) => (value === null ? {} : { [name]: value })),
  );
  return fc.tuple(...parts).map((each): Record<string, FieldValue> => Object.assign({}, ...each));
}

const targets = [
  { entity: 'person', id: 'p1', values: { name: 'Jane Doe' } },
  { entity: 'person', id: 'p2', values: { name: 'Joe' } },
  { entity: 'person', id: 'p3', values: { name: 'Joe' } },
  { entity: 'person', id: 'p4', values: { name: 'odd {p1}' } },
  { entity: 'person', id: 'p5', values: { name: '=1+1|"' } },
  { entity: 'queue', id: 'q1', values: { name: 'Desk' } },
  { entity: 'service', id: 's1', values: { name: 'Mail' } },
  { entity: 'asset', id: 'a1', values: { name: 'PC' } },
  { entity: 'site', id: 'x1', values: { name: 'HQ' } },
  { entity: 'ticket', id: 't1', values: { number: 'INC1', title: 'One' } },
] as const satisfies readonly ExportedRecord[];

const nameOf = (values: Readonly<Record<string, string>>): string | undefined => values['name'];

const nameReference: NameReference = (kind, id) => {
  const found = targets.find((target) => target.entity === kind && target.id === id);
  if (!found) return undefined;
  const titled: Readonly<Record<string, string>> = found.values;
  const title = titled['number'] ?? titled['name'] ?? '';
  return {
    title,
    unique:
      targets.filter((target) => target.entity === kind && (titled['name'] ?? '') === (nameOf(target.values) ?? ''))
        .length === 1,
  };
};

function spaceWithTargets(): MemorySpace {
  const space = new MemorySpace();
  space.commit(
    targets.map(({ entity, id, values }) => ({
      at: 0,
      user: 'importer',
      command: 'x',
      changes: [{ entity, id, create: true as const, fields: values }],
    })),
  );
  return space;
}

const exported = (records: readonly ExportedRecord[]): string =>
  exportHeader(records[0]?.entity ?? 'ticket') + records.map((record) => exportRecord(record, nameReference)).join('');

describe('export', () => {
  it.each(['ticket', 'person', 'queue', 'asset', 'site', 'service', 'ticket-entry'] as const)(
    'of any %s imports again to the same values',
    async (entity) => {
      const ids = (to: string): string[] => targets.filter((target) => target.entity === to).map(({ id }) => id);
      const references = new Set(
        Object.values<FieldDefinition>(entities[entity].fields).flatMap((field) =>
          field.type === 'reference' ? [field.to] : [],
        ),
      );
      const all = [...references].flatMap(ids);
      await fc.assert(
        fc.asyncProperty(valuesOf(entity, all.length > 0 ? all : ['nowhere']), async (given) => {
          // A reference to a record of another kind leads nowhere, which must survive as well; an entry has its ticket.
          const values = entity === 'ticket-entry' ? { ...given, ticket: 't1' } : given;
          const space = spaceWithTargets();
          await importText(space, exported([{ entity, id: 'new-1', values }]));
          const kept = Object.fromEntries(
            Object.entries(space.records.get('new-1')?.values ?? {}).filter(([, value]) => value !== null),
          );
          expect(kept).toEqual(values);
          expect([...space.records.keys()].filter((id) => id !== 'new-1')).toEqual(targets.map(({ id }) => id));
        }),
        { numRuns: 150 },
      );
    },
  );

  it('changes nothing when it is imported where it came from, and takes back what was changed since', async () => {
    const space = spaceWithTargets();
    const values = { title: 'Mail', number: 'INC7', caller: 'p2', 'tags/vip': true, description: '=1', state: 'new' };
    const file = exported([{ entity: 'ticket', id: 'new-1', values }]);
    await importText(space, file);
    expect((await importText(space, file, { importId: 'two' })).report.records.ticket).toEqual({
      created: 0,
      updated: 0,
      unchanged: 1,
    });
    Object.assign(space.records.get('new-1')?.values ?? {}, {
      description: 'other',
      category: 'x',
      'tags/vip': false,
      'tags/new': true,
    });
    await importText(space, file, { importId: 'three' });
    expect(space.records.get('new-1')?.values).toEqual({ ...values, category: null, 'tags/new': false });
  });

  it('restores records deleted since, under their ids', async () => {
    const space = spaceWithTargets();
    const file = exported([{ entity: 'ticket', id: 'new-1', values: { title: 'Mail' } }]);
    await importText(space, file);
    Object.assign(space.records.get('new-1')?.values ?? {}, { $deleted: { seen: {} } });
    const { report } = await importText(space, file, { importId: 'two' });
    expect(report.records.ticket).toMatchObject({ created: 1 });
    expect(space.isDeleted('new-1')).toBe(false);
  });

  it('refuses rows of another kind and ids it never wrote', async () => {
    const space = new MemorySpace();
    const { report } = await importText(
      space,
      'kind,id,title\r\nticket,a b,One\r\nperson,p9,Two\r\nticket,t9,Three\r\n',
    );
    expect(report.findings.map(({ reason, row }) => [reason, row])).toEqual([
      ['not-an-id', 1],
      ['another-kind', 2],
    ]);
    expect(space.all('ticket').map(({ id }) => id)).toEqual(['t9']);
  });

  it('does not change what is written once, nor a record of another kind under its id', async () => {
    const space = spaceWithTargets();
    await importText(space, 'kind,id,reference,title\r\nticket,t9,INC-A-1,Mail\r\n');
    const file = 'kind,id,reference,title\r\nticket,t9,INC-B-2,Post\r\nticket,p1,INC-C-3,Jane\r\n';
    const { report } = await importText(space, file, { importId: 'two' });
    expect(report.findings.map(({ reason, row, value }) => [reason, row, value])).toEqual([
      ['cannot-change-later', 1, 'INC-B-2'],
      ['another-kind', 2, 'p1'],
    ]);
    expect(space.records.get('t9')?.values).toEqual({ reference: 'INC-A-1', title: 'Post' });
    expect(space.records.get('p1')?.values).toEqual({ name: 'Jane Doe' });
  });

  it('adds entries once, and none without its ticket', async () => {
    const space = spaceWithTargets();
    const file =
      'kind,id,ticket,audience,body\r\nticket-entry,e1,INC1,comment,Hello\r\nticket-entry,e2,INC404,comment,Lost\r\n';
    const first = await importText(space, file);
    expect(first.report).toMatchObject({ rowsRefused: 1, records: { 'ticket-entry': { created: 1 } } });
    expect(first.report.findings.map(({ reason, row, value }) => [reason, row, value])).toEqual([
      ['no-such-record', 2, 'INC404'],
    ]);
    const again = await importText(space, file, { importId: 'two' });
    expect(again.report).toMatchObject({ steps: 0, records: { 'ticket-entry': { created: 0, unchanged: 1 } } });
  });

  it('has no cell that a spreadsheet would evaluate', () => {
    const cells = (file: string): readonly string[] => {
      const reader = createCsvReader({ delimiter: ',' });
      return [...reader.push(file), ...reader.end()].slice(1).flatMap((record) => record.cells);
    };
    fc.assert(
      fc.property(valuesOf('ticket', ['p5']), (values) => {
        const negative = Object.values(values).filter((value) => typeof value === 'number');
        for (const cell of cells(exported([{ entity: 'ticket', id: 'n', values }]))) {
          if (!negative.some((value) => String(value) === cell)) expect(looksLikeFormula(cell)).toBe(false);
        }
      }),
    );
  });
});

const hostile = new URL('../../../../../shared/data/hostile/', import.meta.url);
describe.skipIf(!existsSync(hostile))('hostile texts (skipped without the data folder)', () => {
  it.each(['xss.jsonl', 'html-sanitizer.jsonl', 'path-traversal.jsonl'])(
    'of %s come back as they were',
    async (file) => {
      const texts = readFileSync(new URL(file, hostile), 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .flatMap((line): string[] => {
          const value: unknown = JSON.parse(line);
          return (typeof value === 'object' && value !== null ? Object.values(value) : [value]).filter(
            (part) => typeof part === 'string',
          );
        });
      const space = new MemorySpace();
      const records = texts.map((each, index): ExportedRecord => ({
        entity: 'ticket',
        id: `t${index}`,
        values: { title: each.slice(0, 200), description: each.slice(0, 32_000), [`tags/${each.slice(0, 50)}`]: true },
      }));
      await importText(space, exported(records));
      expect(texts.length).toBeGreaterThan(100);
      for (const record of records) expect(space.records.get(record.id)?.values).toEqual(record.values);
    },
  );
});
