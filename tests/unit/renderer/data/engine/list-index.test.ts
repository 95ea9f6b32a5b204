import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Condition, ListQuery, Sort } from '../../../../../renderer/data/data-api.ts';
import { ListIndex } from '../../../../../renderer/data/engine/list-index.ts';
import { Tables } from '../../../../../renderer/data/storage/tables.ts';
import type { RecordValues } from '../../../../../shared/domain/change.ts';

const conditions: readonly (readonly Condition[])[] = [
  [],
  [{ field: 'state', op: 'in', values: ['new', 'closed'] }],
  [{ field: 'category', op: 'not-in', values: ['Mail', null] }],
  [{ field: 'queue', op: 'in', values: [null, 'q1'] }],
  [{ field: 'title', op: 'in', values: ['Printer 2', null] }],
  [{ field: 'major', op: 'in', values: ['true'] }],
  [
    { field: 'openedAt', op: 'between', from: 3, to: 8 },
    { field: 'state', op: 'not-in', values: ['closed'] },
  ],
  [{ field: '$conflict', op: 'is', value: true }],
  [{ field: '$pending', op: 'is', value: true }],
];
const fields = ['title', 'state', 'category', 'queue', 'openedAt', '$updatedAt'] as const;
const sorts: readonly (readonly Sort[])[] = [
  ...fields.flatMap((field) => [[{ field, direction: 'ascending' }], [{ field, direction: 'descending' }]] as const),
  [
    { field: 'state', direction: 'descending' },
    { field: 'title', direction: 'ascending' },
  ],
];

const change = fc.record({
  id: fc.nat(12),
  values: fc.record(
    {
      title: fc.constantFrom('Printer 2', 'Printer 10', 'printer 2', 'Überlast', 'ue', ''),
      state: fc.constantFrom('new', 'in-progress', 'on-hold', 'closed'),
      category: fc.oneof(fc.constantFrom('Mail', 'mail', 'Ä'), fc.string({ maxLength: 3 })),
      queue: fc.constantFrom('q1', 'q2', 'q-unknown'),
      openedAt: fc.integer({ min: 0, max: 10 }),
      major: fc.boolean(),
    },
    { requiredKeys: [] },
  ),
  updatedAt: fc.nat(5),
  ownSeq: fc.nat(6),
  conflict: fc.boolean(),
  deleted: fc.boolean(),
  queueName: fc.option(fc.constantFrom('Alpha', 'beta', 'Gamma'), { freq: 4 }),
});

/** Everything an index can be asked here. */
function answers(index: ListIndex): unknown {
  return conditions.map((where) => ({
    count: index.count('ticket', where),
    facets: (['state', 'category', 'queue', 'major', 'title'] as const).map((field) =>
      index.facet('ticket', field, where),
    ),
    lists: sorts.flatMap((sort) =>
      ['', 'print', 'alpha'].map((search) => {
        const query: ListQuery = { type: 'list', entity: 'ticket', where, search, sort, offset: 1, limit: 4 };
        return [index.list(query), index.idsOf(query)];
      }),
    ),
  }));
}

describe('lists, counts and facets', () => {
  it('kept while records change are the same as made anew, and hold what each row alone says', () => {
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 25 }), (changes) => {
        const tables = new Tables();
        let acknowledged = 3;
        const kept = new ListIndex(tables, () => acknowledged);
        const put = (
          kind: 'ticket' | 'queue',
          id: string,
          values: RecordValues,
          each: (typeof changes)[number],
        ): void => {
          const table = tables.of(kind);
          const before = table.titleOf(id);
          const { updatedAt, ownSeq, conflict } = each;
          const deleted = kind === 'ticket' && each.deleted;
          const row = table.put({ id, values, createdAt: 0, updatedAt, ownSeq, conflict, deleted });
          kept.changed(table, [row], before !== undefined && before !== table.titleAt(row));
        };
        const [first] = changes;
        if (!first) return;
        for (const id of ['q1', 'q2']) put('queue', id, { name: id }, first);
        for (const each of changes) {
          answers(kept);
          put('ticket', `t${each.id}`, each.values, each);
          if (each.queueName !== null) put('queue', 'q1', { name: each.queueName }, each);
          acknowledged = 2 + (each.id % 3);
        }
        expect(answers(kept)).toEqual(answers(new ListIndex(tables, () => acknowledged)));
        const table = tables.of('ticket');
        for (const where of conditions) {
          const test = kept.test('ticket', where, '');
          const wanted = Array.from({ length: table.size }, (_, row) => row).filter(test);
          expect(kept.count('ticket', where)).toBe(wanted.length);
          const query = { entity: 'ticket', where, search: '', sort: [] } as const;
          expect(kept.idsOf(query)).toEqual(wanted.map((row) => table.idAt(row)));
        }
        const states = kept.facet('ticket', 'state', []);
        expect(states.reduce((sum, { count }) => sum + count, 0)).toBe(kept.count('ticket', []));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
