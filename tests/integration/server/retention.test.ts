import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Caretaker, defaultCare, type CareOptions } from '../../../server/snapshot/caretaker.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { digestRecords } from '../../../shared/sync/digest.ts';
import { parseSnapshotPart } from '../../../shared/sync/protocol-lines.ts';
import { historyAnswerSchema, snapshotManifestSchema } from '../../../shared/sync/protocol-records.ts';
import { storageStatusSchema } from '../../../shared/sync/protocol-storage.ts';
import { problemSchema } from '../../../shared/sync/protocol.ts';
import type { RecordState } from '../../../shared/sync/record-state.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { startPostgres, type PostgresCluster } from '../../helpers/endpoint/postgres-cluster.ts';
import type { TestDesk } from '../../helpers/endpoint/test-desk.ts';

let cluster: PostgresCluster;
beforeAll(() => {
  cluster = startPostgres();
}, 120_000);
afterAll(() => cluster.stop());

const places: readonly [string, () => StorePlace][] = [
  ['SQLite', () => ({ kind: 'sqlite', directory: temporaryDirectory() })],
  ['PostgreSQL', () => ({ kind: 'postgres', url: cluster.newDatabase() })],
];
const dayMs = 24 * 3_600_000;
const ticket = (id: string) => ({
  entity: 'ticket',
  id,
  fields: { type: 'incident', title: `About ${id}`, state: 'new', impact: '3', urgency: '3' },
});
const digest = (desk: TestDesk): string => digestRecords(desk.replica.settledRecords());

describe.each(places)('retention on %s', (_, placeOf) => {
  let now = 0;
  let office: Office;
  let ada: TestDesk;
  let faults: unknown[];
  beforeEach(async () => {
    now = Date.now();
    faults = [];
    office = await openOffice(placeOf(), () => now);
    ada = await office.desk('ada', 'administrator');
  });
  afterEach(async () => {
    await office.close();
    expect(faults).toEqual([]);
  });

  const later = async (ms: number, ...desks: readonly TestDesk[]): Promise<void> => {
    now += ms;
    for (const desk of [ada, ...desks]) expect((await desk.refresh()).status).toBe(200);
  };
  const care = async (options: Partial<CareOptions> = {}): Promise<void> => {
    const caretaker = new Caretaker(office.endpoint, { ...defaultCare, ...options }, (error) => faults.push(error));
    await caretaker.look();
    await caretaker.stop();
  };
  const status = async () => storageStatusSchema.parse(await (await ada.send('GET', '/v1/admin/storage')).json());
  const positions = async () => (await status()).snapshots.map(({ position }) => position);
  const write = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1)
      ada.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { title: `title ${index}` } }]);
    await ada.exchange();
  };

  it('makes the next one when it is paid for: early in a young space, later the more records there are', async () => {
    for (let index = 0; index < 40; index += 1) ada.edit('ticket.create', [ticket(`many-${index}`)]);
    await ada.exchange();
    const every = { snapshotEveryMs: 9 * dayMs, snapshotEveryEntries: 1 };
    await care(every);
    const [first = 0] = await positions();
    expect(first).toBeGreaterThan(40);
    // Forty tickets and what else there is: ten entries pay for them, not one.
    await write(5);
    await care(every);
    expect(await positions()).toEqual([first]);
    await write(10);
    await care(every);
    expect((await positions())[0]).toBeGreaterThan(first);
  });

  it('makes a snapshot daily and after so many entries, and drops what nobody needs', async () => {
    ada.edit('ticket.create', [ticket('t1')]);
    await ada.exchange();
    await care();
    expect(await positions()).toEqual([]);
    await later(dayMs);
    await care();
    await care();
    expect(await positions()).toEqual([2]);
    await later(dayMs);
    await care();
    expect(await positions()).toEqual([2]);
    await write(3);
    await care({ snapshotEveryMs: 9 * dayMs });
    expect(await positions()).toEqual([2]);
    await care({ snapshotEveryMs: 9 * dayMs, snapshotEveryEntries: 3 });
    // The one before may be in somebody's hands.
    expect(await positions()).toEqual([5, 2]);
    await later(3_600_000 + 1);
    await care({ snapshotEveryMs: 9 * dayMs });
    expect(await positions()).toEqual([5]);
  });

  it('tells a desk from before it to begin with the snapshot, and loses nothing of either', async () => {
    const bob = await office.desk('bob', 'desk-agent');
    ada.edit('ticket.create', [ticket('t1')]);
    await ada.exchange();
    await bob.exchange();
    bob.edit('ticket.create', [ticket('unsent')]);
    for (let round = 0; round < 2; round += 1) await write(300);
    await later(10 * dayMs, bob);
    await care({ keepLogMs: 3 * dayMs });
    await write(1);
    const { minPosition, head } = await status();
    expect(minPosition).toBe(500);
    expect(head).toBeGreaterThan(600);

    const hello = await bob.hello();
    expect(hello.minPosition).toBe(minPosition);
    const old = await bob.send('GET', `/v1/pull?epoch=${hello.epoch}&after=2`);
    const problem = problemSchema.parse(await old.json());
    expect([old.status, problem.code]).toEqual([410, 'below-retention']);

    const hash = hello.snapshot?.hash ?? '';
    const manifest = snapshotManifestSchema.parse(await (await bob.send('GET', `/v1/snapshots/${hash}`)).json());
    const records: RecordState[] = [];
    for (const part of manifest.parts.keys()) {
      const file = await bob.send('GET', `/v1/snapshots/${hash}/${part}`);
      const states = parseSnapshotPart(gunzipSync(Buffer.from(await file.arrayBuffer())).toString());
      if (states.ok) records.push(...states.value);
    }
    const { held, lastHash, voidings, position, epoch } = manifest;
    bob.replica.joinSnapshot({
      format: 1,
      held,
      lastHash,
      records,
      quarantined: [],
      voidings: voidings.map(({ voiding }) => voiding),
    });
    bob.goOnFrom({ epoch, position });
    await bob.exchange();
    await ada.exchange();
    expect(bob.replica.records.has('ticket/unsent')).toBe(true);
    expect(digest(bob)).toBe(digest(ada));
  });

  it('keeps what was done to a record readable, however long ago', async () => {
    ada.edit('ticket.create', [ticket('t1')]);
    await ada.exchange();
    for (let round = 0; round < 2; round += 1) await write(300);
    const read = async (before: number) =>
      historyAnswerSchema.parse(
        await (await ada.send('GET', `/v1/records/ticket/t1/history?limit=7&before=${before}`)).json(),
      );
    const warm = await read(20);
    await later(10 * dayMs);
    await care({ keepLogMs: 3 * dayMs });
    expect((await status()).minPosition).toBe(500);
    expect(await read(20)).toEqual(warm);
    expect(warm.entries.length).toBe(7);
  });

  it('leaves the log as it is where it is told to', async () => {
    ada.edit('ticket.create', [ticket('t1')]);
    for (let round = 0; round < 2; round += 1) await write(300);
    await later(10 * dayMs);
    await care({ keepLogMs: null });
    expect((await status()).minPosition).toBe(0);
    await care({ keepLogMs: 20 * dayMs });
    expect((await status()).minPosition).toBe(0);
  });
});
