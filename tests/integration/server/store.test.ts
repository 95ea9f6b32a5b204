import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeSpace } from '../../../server/keys.ts';
import type { SqlConnection } from '../../../server/store/sql-driver.ts';
import { SqlReader } from '../../../server/store/sql-reader.ts';
import { openDriver, openStore, type StorePlace } from '../../../server/store/open-store.ts';
import type { NewEntry, Store } from '../../../server/store/store.ts';
import { temporaryDirectory } from '../../helpers/endpoint/open-office.ts';
import { startPostgres, type PostgresCluster } from '../../helpers/endpoint/postgres-cluster.ts';

let cluster: PostgresCluster;
beforeAll(() => {
  cluster = startPostgres();
}, 120_000);
afterAll(() => cluster.stop());

const places: readonly [string, () => StorePlace][] = [
  ['SQLite', () => ({ kind: 'sqlite', directory: temporaryDirectory() })],
  ['PostgreSQL', () => ({ kind: 'postgres', url: cluster.newDatabase() })],
];
const entry = (device: string, seq: number, records: readonly string[] = []): NewEntry => ({
  device,
  seq,
  hash: `${device}${seq}`,
  kind: 'operation',
  receivedAt: seq,
  body: JSON.stringify({ device, seq, text: 'ä\u0000"?' }),
  seal: null,
  records,
});
const open = async (place: StorePlace): Promise<Store> => await openStore(await openDriver(place), () => makeSpace(1));

/** One suite for every adapter (D10). */
describe.each(places)('the store on %s', (kind, placeOf) => {
  let place: StorePlace;
  let store: Store;
  beforeEach(async () => {
    place = placeOf();
    store = await open(place);
  });
  afterEach(async () => await store.close());

  it('gives positions without gaps and shows them in order', async () => {
    expect(await store.write(async (tx) => await tx.append([entry('A', 1), entry('A', 2)]))).toBe(2);
    expect(await store.write(async (tx) => await tx.append([entry('B', 1)]))).toBe(3);
    const page = await store.read(async (tx) => await tx.page(1, 10, 1e6));
    expect(page.map(({ position, device, seq, body }) => [position, device, seq, body])).toEqual([
      [2, 'A', 2, entry('A', 2).body],
      [3, 'B', 1, entry('B', 1).body],
    ]);
    expect(await store.read(async (tx) => (await tx.page(0, 10, 1)).length)).toBe(1);
  });

  it('leaves nothing of a transaction that fails', async () => {
    const failed = store.write(async (tx) => {
      await tx.append([entry('A', 1, ['ticket/1'])]);
      await tx.putChains([{ device: 'A', seq: 1, hash: 'x', attested: 0 }]);
      throw new Error('cut');
    });
    await expect(failed).rejects.toThrow('cut');
    const left = await store.read(async (tx) => [(await tx.space()).head, await tx.page(0, 9, 9), await tx.chains()]);
    expect(left).toEqual([0, [], []]);
  });

  it('orders writers that come together, and a reader sees no hole', async () => {
    const writers = Array.from({ length: 20 }, (_, index) =>
      store.write(async (tx) => await tx.append([entry(`D${index}`, 1), entry(`D${index}`, 2)])),
    );
    const heads = await Promise.all(writers);
    expect(heads.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => 2 * index + 2));
    const page = await store.read(async (tx) => await tx.page(0, 100, 1e6));
    expect(page.map((row) => row.position)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  });

  it('keeps what it confirmed when it is opened again', async () => {
    const written = { record: 'ticket/1', entity: 'ticket', partOf: null, firstPosition: 1, position: 1 };
    const record = { ...written, state: '{}', trail: '[1]' };
    const chain = { device: 'A', seq: 1, hash: 'h', attested: 1 };
    const id = await store.write(async (tx) => {
      await tx.append([entry('A', 1, ['ticket/1', 'ticket/1'])]);
      await tx.putRecords([record]);
      await tx.putRecords([{ ...record, position: 2, state: '{"a":1}' }]);
      await tx.putChains([chain]);
      return (await tx.space()).id;
    });
    await store.close();
    store = await open(place);
    await store.read(async (tx) => {
      expect((await tx.space()).id).toBe(id);
      expect(await tx.records(['ticket/1', 'ticket/2'])).toEqual([{ ...record, position: 2, state: '{"a":1}' }]);
      expect(await tx.chains(['A', 'B'])).toEqual([chain]);
      expect((await tx.history('ticket/1', 0, 5)).map((row) => row.position)).toEqual([1]);
      expect(await tx.hashes('A', 1, 9)).toEqual(new Map([[1, 'A1']]));
    });
  });

  it('fills a place otherwise, and history no longer counts what was there', async () => {
    await store.write(async (tx) => {
      await tx.append([entry('A', 1, ['ticket/1']), entry('A', 2, ['ticket/1'])]);
      await tx.retire('A', 2, 2);
      await tx.append([{ ...entry('A', 2), kind: 'voiding' }]);
      await tx.putWaiting('A', 1);
    });
    await store.read(async (tx) => {
      expect((await tx.chainFrom('A', 1)).map(({ seq, kind }) => [seq, kind])).toEqual([
        [1, 'operation'],
        [2, 'voiding'],
      ]);
      expect(await tx.operationsOn('ticket/1')).toEqual([]);
      expect((await tx.waiting()).map((row) => row.seq)).toEqual([1]);
      expect((await tx.voidings()).map((row) => row.position)).toEqual([3]);
    });
  });

  it('finds the records that refer to a blob, whatever their kind, as they are now', async () => {
    const blob = 'a'.repeat(64);
    const place = { entity: 'photo', partOf: null, firstPosition: 1, position: 1, trail: null };
    const row = (record: string, state: string) => ({ ...place, record, state });
    await store.write(async (tx) => {
      await tx.putRecords([row('photo/1', `{"value":"blob:${blob}"}`), row('photo/2', '{"value":"blob:none"}')]);
      await tx.putRecords([row('photo/1', `{"value":"blob:${blob}","again":"blob:${blob}"}`)]);
    });
    await store.read(async (tx) => {
      expect((await tx.recordsWithBlob(blob)).map(({ record }) => record)).toEqual(['photo/1']);
      expect(await tx.recordsWithBlob('b'.repeat(64))).toEqual([]);
      expect(await tx.blobsOfRecords()).toEqual([blob]);
    });
  });

  it('offers a snapshot once all its parts are there, and drops it whole', async () => {
    const row = { hash: 's', position: 3, madeAt: 9, usedAt: 9, bytes: 3, parts: 1 };
    await store.write(async ({ archive }) => {
      await archive.beginSnapshot('making', 7);
      await archive.putSnapshotPart('making', 0, new Uint8Array([0, 255, 7]), 8);
    });
    const unfinished = await store.read(async ({ archive }) => await archive.snapshots());
    expect(unfinished.map(({ hash, madeAt, usedAt }) => [hash, madeAt, usedAt])).toEqual([['making', null, 8]]);
    await store.write(async ({ archive }) => await archive.endSnapshot('making', row, '{}'));
    await store.read(async ({ archive }) => {
      expect(await archive.snapshots()).toEqual([row]);
      expect(await archive.snapshotBook('s')).toBe('{}');
      expect([...((await archive.snapshotPart('s', 0)) ?? [])]).toEqual([0, 255, 7]);
      expect(await archive.snapshotPart('s', 1)).toBeUndefined();
      expect(await archive.snapshotPart('making', 0)).toBeUndefined();
    });
    await store.write(async ({ archive }) => {
      await archive.touchSnapshot('s', 12);
      expect((await archive.snapshots())[0]?.usedAt).toBe(12);
      await archive.dropSnapshot('s');
    });
    await store.read(async ({ archive }) => {
      expect(await archive.snapshots()).toEqual([]);
      expect(await archive.snapshotPart('s', 0)).toBeUndefined();
    });
  });

  it('lists records last changed first, and owners of parts whether they are there or not', async () => {
    const row = (record: string, position: number, partOf: string | null = null) => {
      return {
        record,
        entity: record.split('/')[0] ?? '',
        partOf,
        firstPosition: 1,
        position,
        state: '{}',
        trail: null,
      };
    };
    await store.write(async (tx) => {
      await tx.putRecords([row('a/1', 5), row('a/2', 7), row('a/3', 5), row('b/1', 9, 'a/1'), row('b/2', 9, 'a/9')]);
    });
    await store.read(async ({ archive }) => {
      const found: string[] = [];
      for (let mark = (await archive.recordsNewestFirst(null, 1))[0]; mark !== undefined;) {
        found.push(mark.record);
        [mark] = await archive.recordsNewestFirst(mark, 1);
      }
      expect(found).toEqual(['a/2', 'a/3', 'a/1']);
      expect(await archive.ownersOfParts('', 1)).toEqual(['a/1']);
      expect(await archive.ownersOfParts('a/1', 9)).toEqual(['a/9']);
    });
  });

  it('lets entries go cold, and reads them by every way as they were', async () => {
    const rows = [entry('A', 1, ['ticket/1']), entry('A', 2), entry('A', 3, ['ticket/1']), entry('A', 4)];
    await store.write(async (tx) => {
      await tx.append(rows);
      await tx.append([{ ...entry('A', 5), kind: 'voiding' }]);
      await tx.putWaiting('A', 2);
    });
    const read = async () =>
      await store.read(async (tx) => [
        await tx.page(0, 10, 1e6),
        await tx.chainFrom('A', 2, 4),
        await tx.operationsOn('ticket/1'),
        await tx.history('ticket/1', 0, 5),
        await tx.waiting(),
        await tx.voidings(),
      ]);
    const warm = await read();
    await store.write(async (tx) => await tx.archive.coolDown(await tx.page(0, 2, 1e6)));
    await store.write(async (tx) => await tx.archive.coolDown(await tx.page(2, 3, 1e6)));
    expect(await read()).toEqual(warm);
    expect((await store.read(async (tx) => await tx.space())).minPosition).toBe(5);
  });

  it('gives other contents to entries, warm or cold, and keeps their hashes', async () => {
    await store.write(async (tx) => {
      await tx.append([entry('A', 1), entry('A', 2), entry('A', 3)]);
      await tx.archive.coolDown(await tx.page(0, 2, 1e6));
      const emptied = [1, 3].map((position) => [position, `{"emptied":${position}}`] as const);
      await tx.archive.replaceBodies(new Map(emptied));
      await tx.archive.putPurge(3);
      await tx.archive.putPurge(3);
    });
    await store.read(async (tx) => {
      expect((await tx.page(0, 9, 1e6)).map(({ body, hash, isPurged }) => [body, hash, isPurged])).toEqual([
        ['{"emptied":1}', 'A1', true],
        [entry('A', 2).body, 'A2', false],
        ['{"emptied":3}', 'A3', true],
      ]);
      expect((await tx.archive.purges()).map(({ position }) => position)).toEqual([3]);
    });
  });

  it('remembers backups, and every device it wrote as', async () => {
    const backup = { file: '/b/1', madeAt: 1, position: 4 };
    await store.write(async (tx) => {
      await tx.archive.putBackup(backup);
      await tx.archive.putBackup({ ...backup, madeAt: 2 });
      await tx.archive.putBackup({ ...backup, file: '/b/2' });
      await tx.archive.dropBackup('/b/2');
      await tx.beginEpoch('next', 'SSSSSSSSSS', 0);
    });
    await store.read(async (tx) => {
      expect(await tx.archive.backups()).toEqual([{ ...backup, madeAt: 2 }]);
      expect((await tx.systemDevices()).size).toBe(2);
      expect(await tx.systemDevices()).toContain('SSSSSSSSSS');
    });
  });

  it('begins an epoch in which no number of the last one comes again', async () => {
    await store.write(async (tx) => {
      await tx.putNumbers(7, [{ number: 'INC0000007', record: 'ticket/1' }]);
      await tx.beginEpoch('next', 'SSSSSSSSSS', 1_000);
    });
    const [space, taken] = await store.read(
      async (tx) => [await tx.space(), await tx.takenNumbers(['INC0000007', 'INC0000008'])] as const,
    );
    expect([space.epoch, space.epochOrder, space.numbers, [...taken]]).toEqual(['next', 2, 1_007, ['INC0000007']]);
  });

  it.runIf(kind === 'SQLite')('answers what every exchange asks without reading the whole log', async () => {
    const id = await store.read(async (tx) => (await tx.space()).id);
    await store.close();
    const driver = await openDriver(place);
    const plans = await driver.read(async (connection) => {
      const steps: unknown[] = [];
      const all: SqlConnection['all'] = async (sql, values) => {
        steps.push(...(await connection.all(`EXPLAIN QUERY PLAN ${sql}`, values)).map((row) => row['detail']));
        return await connection.all(sql, values);
      };
      const reader = new SqlReader({ ...connection, all }, id);
      await reader.voidings();
      await reader.waiting();
      await reader.chains();
      await reader.branches();
      await reader.page(0, 10, 1_000);
      await reader.hashes('A', 1, 2);
      await reader.records(['ticket/1']);
      await reader.operationsOn('ticket/1');
      await reader.history('ticket/1', 0, 10);
      return steps;
    });
    await driver.close();
    store = await open(place);
    // Of the log, a read by a key, or of nothing but the refusals.
    const scans = plans.filter(
      (plan) => /\b(entry|e)\b/.test(String(plan)) && !/USING .*(device|position|entry_voiding)/.test(String(plan)),
    );
    expect(plans.length).toBeGreaterThanOrEqual(9);
    expect(scans).toEqual([]);
  });

  it.runIf(kind === 'SQLite')('is held by one process', async () => {
    await expect(open(place)).rejects.toThrow('Another endpoint works on');
  });
});
