import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeSnapshot } from '../../../server/snapshot/make-snapshot.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { recordKey } from '../../../shared/sync/fold.ts';
import { parseSnapshotPart } from '../../../shared/sync/protocol-lines.ts';
import { snapshotManifestSchema, type SnapshotManifest } from '../../../shared/sync/protocol-records.ts';
import { problemSchema } from '../../../shared/sync/protocol.ts';
import type { SentRecord } from '../../../shared/sync/sent-record.ts';
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
const ticket = (id: string, fields: Readonly<Record<string, string | boolean>> = {}) => ({
  entity: 'ticket',
  id,
  fields: { type: 'incident', title: `About ${id}`, state: 'new', impact: '3', urgency: '3', ...fields },
});
const comment = (id: string, of: string) => ({
  entity: 'ticket-entry',
  id,
  fields: { ticket: of, audience: 'comment', body: 'text', author: 'ada' },
});

describe.each(places)('snapshots on %s', (_, placeOf) => {
  let office: Office;
  let ada: TestDesk;
  beforeEach(async () => {
    office = await openOffice(placeOf());
    ada = await office.desk('ada', 'administrator');
  });
  afterEach(async () => await office.close());

  const make = async () => await makeSnapshot(office.endpoint.store, { now: Date.now, rest: 0 });
  const fetchPart = async (desk: TestDesk, hash: string, part: number): Promise<readonly SentRecord[]> => {
    const answer = await desk.send('GET', `/v1/snapshots/${hash}/${part}`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-encoding')).toBeNull();
    const parsed = parseSnapshotPart(gunzipSync(Buffer.from(await answer.arrayBuffer())).toString());
    if (!parsed.ok) throw new Error(parsed.failure.message);
    return parsed.value;
  };
  const bootstrap = async (desk: TestDesk): Promise<readonly [SnapshotManifest, readonly SentRecord[]]> => {
    const hello = await desk.hello();
    const hash = hello.snapshot?.hash ?? '';
    const manifest = snapshotManifestSchema.parse(await (await desk.send('GET', `/v1/snapshots/${hash}`)).json());
    expect(manifest.scope).toBe(hello.scope);
    expect(manifest.position).toBe(hello.snapshot?.position);
    const states: SentRecord[] = [];
    for (const part of manifest.parts.keys()) states.push(...(await fetchPart(desk, hash, part)));
    return [manifest, states];
  };

  it('hold what the log says, each record once, open and newest first, with its entries', async () => {
    ada.edit('record.create', [{ entity: 'queue', id: 'q1', fields: { name: 'First line' } }]);
    ada.edit('record.create', [{ entity: 'person', id: 'p1', fields: { name: 'Somebody' } }]);
    ada.edit('ticket.create', [ticket('closed', { state: 'closed' }), comment('c0', 'closed')]);
    ada.edit('ticket.create', [ticket('old'), comment('c1', 'old')]);
    ada.edit('ticket.create', [ticket('young'), comment('c2', 'young')]);
    ada.edit('ticket.comment', [comment('lost', 'nowhere')]);
    await ada.exchange();
    await make();
    const before = await ada.hello();
    ada.edit('ticket.edit', [{ entity: 'ticket', id: 'old', fields: { title: 'changed since' } }]);
    await ada.exchange();
    const [manifest, states] = await bootstrap(ada);
    expect(states.map(recordKey)).toEqual([
      'queue/q1',
      'ticket/young',
      'ticket-entry/c2',
      'ticket/old',
      'ticket-entry/c1',
      'person/p1',
      'ticket/closed',
      'ticket-entry/c0',
      'ticket-entry/lost',
    ]);
    expect(manifest).toMatchObject({ held: before.held, lastHash: before.lastHash, position: before.head });
    const [rows] = await office.endpoint.store.read(async (store) => [await store.records(states.map(recordKey))]);
    for (const { trail, ...state } of states.filter(({ id }) => id !== 'old')) {
      expect((trail ?? []).map(({ dot }) => dot)).toEqual(
        state.entity.startsWith('ticket')
          ? [state.fields['type']?.heads[0]?.dot ?? state.fields['audience']?.heads[0]?.dot]
          : [],
      );
      expect(JSON.stringify(state)).toBe(rows?.find(({ record }) => record === recordKey(state))?.state);
    }
  });

  it('show a caller what the caller may see, then and now, under another name', async () => {
    const bob = await office.desk('bob', 'requester');
    ada.edit('ticket.create', [ticket('his', { caller: 'bob' }), comment('c1', 'his'), ticket('hers')]);
    ada.edit('ticket.create', [ticket('given', { caller: 'bob' }), ticket('got')]);
    await ada.exchange();
    await make();
    expect((await bob.hello()).snapshot?.hash).not.toBe((await ada.hello()).snapshot?.hash);
    expect((await bob.send('GET', `/v1/snapshots/${(await ada.hello()).snapshot?.hash ?? ''}`)).status).toBe(404);
    expect((await bob.send('GET', `/v1/snapshots/${(await ada.hello()).snapshot?.hash ?? ''}/0`)).status).toBe(404);
    ada.edit('ticket.edit', [{ entity: 'ticket', id: 'given', fields: { caller: 'ada' } }]);
    ada.edit('ticket.edit', [{ entity: 'ticket', id: 'got', fields: { caller: 'bob' } }]);
    await ada.exchange();
    const [, states] = await bootstrap(bob);
    expect(states.map(recordKey)).toEqual(['ticket/his', 'ticket-entry/c1']);
  });

  it('are files that can be fetched piece by piece and kept', async () => {
    for (let count = 0; count < 30; count += 1) ada.edit('ticket.create', [ticket(`t${count}`)]);
    await ada.exchange();
    await make();
    const address = `${office.url}/v1/snapshots/${(await ada.hello()).snapshot?.hash ?? ''}/0`;
    const get = async (headers: Readonly<Record<string, string>>): Promise<Response> =>
      await fetch(address, { headers: { authorization: `Bearer ${ada.accessToken}`, ...headers } });
    const whole = await get({});
    const bytes = Buffer.from(await whole.arrayBuffer());
    const etag = whole.headers.get('etag') ?? '';
    expect(whole.headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    const pieces: Buffer[] = [];
    for (let from = 0; from < bytes.length; from += 100) {
      const piece = await get({ range: `bytes=${from}-${from + 99}`, 'if-range': etag });
      expect(piece.status).toBe(206);
      const last = Math.min(from + 99, bytes.length - 1);
      expect(piece.headers.get('content-range')).toBe(`bytes ${from}-${last}/${bytes.length}`);
      pieces.push(Buffer.from(await piece.arrayBuffer()));
    }
    expect(Buffer.concat(pieces).equals(bytes)).toBe(true);
    const rest = await get({ range: `bytes=${bytes.length - 7}-` });
    expect(Buffer.from(await rest.arrayBuffer()).equals(bytes.subarray(-7))).toBe(true);
    const tail = await get({ range: 'bytes=-7' });
    expect(Buffer.from(await tail.arrayBuffer()).equals(bytes.subarray(-7))).toBe(true);
    expect((await get({ range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
    expect((await get({ 'if-none-match': `"other", ${etag}` })).status).toBe(304);
    const beyond = await get({ range: `bytes=${bytes.length}-` });
    expect([beyond.status, problemSchema.parse(await beyond.json()).code]).toEqual([416, 'range-not-satisfiable']);
    expect((await get({ range: 'bytes=9-3' })).status).toBe(200);
    expect((await ada.send('GET', `${address.slice(office.url.length, -1)}7`)).status).toBe(404);
  });

  it('are made of one moment while others go on writing', async () => {
    for (let count = 0; count < 300; count += 1) ada.edit('ticket.create', [ticket(`t${count}`)]);
    await ada.exchange();
    const before = await ada.hello();
    const making = make();
    for (let count = 0; count < 5; count += 1) {
      ada.edit('ticket.edit', [{ entity: 'ticket', id: 't7', fields: { title: `later ${count}` } }]);
      await ada.exchange();
    }
    expect((await making)?.position).toBe(before.head);
    const [manifest, states] = await bootstrap(ada);
    expect(manifest.held).toEqual(before.held);
    expect(states.find(({ id }) => id === 't7')?.fields['title']?.heads[0]?.value).toBe('About t7');
    expect(states.length).toBe(300);
  });

  it('are made by one at a time, and what one that died had begun is cleared away', async () => {
    ada.edit('ticket.create', [ticket('t1')]);
    await ada.exchange();
    const { store } = office.endpoint;
    await store.write(async ({ archive }) => {
      await archive.beginSnapshot('making-dead', Date.now());
      await archive.putSnapshotPart('making-dead', 0, new Uint8Array(3), Date.now());
    });
    expect(await make()).toBeNull();
    await store.write(async ({ archive }) => await archive.touchSnapshot('making-dead', Date.now() - 3_600_000));
    expect((await make())?.parts).toBe(1);
    const [hashes, part] = await store.read(async ({ archive }) => [
      (await archive.snapshots()).map(({ hash }) => hash),
      await archive.snapshotPart('making-dead', 0),
    ]);
    expect([hashes?.length, part]).toEqual([1, undefined]);
  });

  it('are not offered once a fork was settled', async () => {
    ada.edit('ticket.create', [ticket('t1')]);
    const twin = ada.clone();
    await ada.exchange();
    await make();
    expect((await ada.hello()).snapshot).not.toBeNull();
    ada.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { title: 'one' } }]);
    twin.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { title: 'other' } }]);
    await ada.exchange();
    await twin.exchange();
    expect((await ada.hello()).snapshot).toBeNull();
  });
});
