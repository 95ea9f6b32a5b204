import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { describe, expect, it } from 'vitest';
import { decodeBody, encodeBody } from '../../../../../renderer/data/storage/body-codec.ts';
import type { Body } from '../../../../../renderer/data/storage/body.ts';
import { DamagedDatabase } from '../../../../../renderer/data/storage/damaged-database.ts';
import { Database } from '../../../../../renderer/data/storage/database.ts';
import { getRows, putRows } from '../../../../../renderer/data/storage/raw-rows.ts';

const bodyOf = (id: string): Body => ({
  entity: 'ticket',
  id,
  state: {
    entity: 'ticket',
    id,
    fields: { title: { heads: [{ dot: 'K3V9Q2M7TA:1', ms: 1, counter: 0, value: 'Über' }] } },
  },
  entries: [],
  trail: [],
  log: [1],
  createdAt: 1,
  updatedAt: 2,
  ownSeq: 1,
});
const ops = (key: number): { key: number; lines: string; count: number } => ({
  key,
  lines: `{"seq":${key}}`,
  count: 1,
});

describe('the database', () => {
  it('takes over bodies as version 1 kept them', async () => {
    const old = new Dexie('upgraded');
    old
      .version(1)
      .stores({ ops: '++key', delta: 'id', segments: '++key', snapshot: 'kind', layout: 'name', meta: 'name' });
    await old.open();
    const packed = (id: string): unknown => JSON.parse(encodeBody(bodyOf(id)));
    await old.table('delta').put({ id: 'a', body: packed('a') });
    await old.table('segments').put({ key: 7, bodies: [packed('b'), packed('c')] });
    await old.table('snapshot').put({ kind: 'ticket', segment: 7, table: {} });
    old.close();
    const database = new Database('upgraded');
    await database.open();
    expect(decodeBody((await database.delta.get('a'))?.body ?? '')).toEqual(bodyOf('a'));
    const segment = await database.segments.get(7);
    expect(segment?.ids).toEqual(['b', 'c']);
    expect(segment?.bodies.map(decodeBody)).toEqual([bodyOf('b'), bodyOf('c')]);
    expect(await database.snapshot.count()).toBe(0);
    database.close();
  });

  it('calls a body that is no body damage, so that the database is rebuilt', () => {
    expect(() => decodeBody('{"v":1,"r":["a"')).toThrow(DamagedDatabase);
  });

  it('writes rows of several stores whole or not at all, and opens again when it was closed', async () => {
    const database = new Database('rows');
    await database.open();
    await putRows(database, { ops: [ops(1), ops(2)], delta: [{ id: 'a', body: '1' }] }, 'strict');
    // A row that cannot be stored takes the others with it.
    const bad = { id: 'b', body: (() => 1) as unknown as string };
    await expect(putRows(database, { ops: [ops(3)], delta: [bad] }, 'strict')).rejects.toThrow();
    database.close({ disableAutoOpen: false });
    expect(await getRows(database, 'ops', [2, 9, 1, 3])).toEqual([ops(2), undefined, ops(1), undefined]);
    expect(await getRows(database, 'delta', ['b', 'a'])).toEqual([undefined, { id: 'a', body: '1' }]);
    expect(await getRows(database, 'delta', [])).toEqual([]);
    database.close();
  });
});
