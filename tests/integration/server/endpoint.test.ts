import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestRecords } from '../../../shared/sync/digest.ts';
import { operationSchema } from '../../../shared/sync/operation.ts';
import { revokeDevice } from '../../../server/identity/administration.ts';
import type { StorePlace } from '../../../server/store/open-store.ts';
import { parseState } from '../../../server/admission/mirror.ts';
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

const newTicket = (id: string, person: string, more = {}) => ({
  entity: 'ticket',
  id,
  fields: {
    type: 'incident',
    title: `About ${id}`,
    state: 'new',
    impact: '3',
    urgency: '3',
    openedBy: person,
    ...more,
  },
});
const set = (id: string, fields: Readonly<Record<string, string | null>>) => ({ entity: 'ticket', id, fields });
const digest = (desk: TestDesk): string => digestRecords(desk.replica.settledRecords());
const valueOf = (desk: TestDesk, id: string, field: string) =>
  desk.replica.records.get(`ticket/${id}`)?.fields[field]?.heads.map((head) => head.value);

describe.each(places)('an endpoint on %s', (_name, place) => {
  let office: Office;
  beforeEach(async () => {
    office = await openOffice(place());
  });
  afterEach(async () => await office.close());

  it('brings desks to equal digests, keeps what was concurrent, and gives numbers', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const bob = await office.desk('bob', 'desk-agent');
    ada.edit('ticket.create', [newTicket('t1', 'ada')]);
    await ada.exchange();
    await bob.exchange();
    ada.edit('ticket.edit', [set('t1', { title: 'from Ada' })]);
    bob.edit('ticket.edit', [set('t1', { title: 'from Bob' })]);
    bob.edit('ticket.create', [newTicket('t2', 'bob')]);
    for (const desk of [ada, bob, ada, bob]) await desk.exchange();
    expect(digest(ada)).toBe(digest(bob));
    expect(valueOf(ada, 't1', 'title')?.toSorted()).toEqual(['from Ada', 'from Bob']);
    expect([valueOf(ada, 't1', 'number'), valueOf(bob, 't2', 'number')]).toEqual([['INC0000001'], ['INC0000002']]);
    const stored = await office.endpoint.store.read(async (store) => await store.recordsAfter('', 100));
    expect(digestRecords(stored.map(parseState))).toBe(digest(ada));
  });

  it('takes a repeated push once', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const operation = ada.edit('ticket.create', [newTicket('t1', 'ada')]);
    const lines = ada.pushLines([{ type: 'operation', operation }]);
    const first = await ada.push(lines);
    const second = await ada.push(lines);
    expect(second).toEqual(first);
    expect(first.head).toBe(2);
  });

  it('asks for what is missing before an operation, and takes nothing out of order', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    ada.edit('ticket.create', [newTicket('t1', 'ada')]);
    const second = ada.edit('ticket.edit', [set('t1', { title: 'second' })]);
    const answer = await ada.push(ada.pushLines([{ type: 'operation', operation: second }]));
    expect(answer).toMatchObject({ head: 0, need: { [ada.device]: 1 } });
  });

  it('refuses what roles do not allow, marks the place void, and nobody else sees the value', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const rita = await office.desk('rita', 'requester');
    ada.edit('ticket.create', [newTicket('t1', 'ada', { caller: 'rita' })]);
    await ada.exchange();
    await rita.exchange();
    const refused = rita.edit('ticket.edit', [set('t1', { title: 'forbidden fruit' })]);
    const answer = await rita.push(rita.pushLines([{ type: 'operation', operation: refused }]));
    expect(answer.voids).toMatchObject([{ device: rita.device, seq: 1, code: 'not-permitted', field: 'title' }]);
    rita.edit('ticket.cancel', [set('t1', { state: 'canceled', cancelReason: 'unnecessary' })]);
    await rita.exchange();
    await ada.exchange();
    expect(valueOf(ada, 't1', 'state')).toEqual(['canceled']);
    expect(valueOf(ada, 't1', 'title')).toEqual(['About t1']);
    expect(rita.replica.refused.map((each) => each.seq)).toEqual([1]);
    const log = await office.endpoint.store.read(async (store) => await store.page(0, 100, 1e6));
    expect(log.map((row) => row.body).join('')).not.toContain('forbidden fruit');
  });

  it('sends a requester only their own tickets, and one that becomes theirs', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const rita = await office.desk('rita', 'requester');
    ada.edit('ticket.create', [newTicket('mine', 'ada', { caller: 'rita' }), newTicket('other', 'ada')]);
    ada.edit('ticket.comment', [
      { entity: 'ticket-entry', id: 'n1', fields: { ticket: 'mine', audience: 'work-note', body: 'x', author: 'ada' } },
      { entity: 'ticket-entry', id: 'c1', fields: { ticket: 'mine', audience: 'comment', body: 'y', author: 'ada' } },
    ]);
    await ada.exchange();
    await rita.exchange();
    expect([...rita.replica.records.keys()].toSorted()).toEqual(['ticket-entry/c1', 'ticket/mine']);
    expect((await rita.send('GET', '/v1/records/ticket/other')).status).toBe(404);
    expect((await rita.send('GET', '/v1/records/ticket/nowhere')).status).toBe(404);
    ada.edit('ticket.edit', [set('other', { caller: 'rita' }), set('mine', { caller: null })]);
    await ada.exchange();
    await rita.exchange();
    expect([...rita.replica.records.keys()].toSorted()).toEqual(['ticket/other']);
    expect(valueOf(rita, 'other', 'title')).toEqual(['About other']);
  });

  it('answers a move the machine does not have with a compensating operation', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    ada.edit('ticket.create', [newTicket('t1', 'ada', { state: 'closed' })]);
    ada.edit('ticket.edit', [set('t1', { state: 'in-progress' })]);
    await ada.exchange();
    expect(valueOf(ada, 't1', 'state')).toEqual(['closed']);
    const log = await office.endpoint.store.read(async (store) => await store.page(0, 100, 1e6));
    const commands = log.map((row) => operationSchema.parse(JSON.parse(row.body)).command);
    expect(commands).toContain('system.compensate.ticket-finished');
  });

  it('lets nobody write in the name of another, nor bring what no key vouches for', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const eve = await office.desk('eve', 'desk-agent');
    const forged = ada.edit('ticket.create', [newTicket('t1', 'ada')]);
    const relayed = await eve.push(eve.pushLines([{ type: 'operation', operation: forged }]));
    expect(relayed).toMatchObject({ head: 0, ignored: [{ code: 'not-attested' }] });
    const posing = eve.edit('ticket.create', [newTicket('t2', 'ada')], 'ada');
    const answer = await eve.push(eve.pushLines([{ type: 'operation', operation: posing }]));
    expect(answer.voids).toMatchObject([{ code: 'not-your-user' }]);
    const tampered = { ...forged, command: 'ticket.close' };
    const changed = await eve.push([
      { type: 'attestation', attestation: ada.attest(forged) },
      ...eve.pushLines([{ type: 'operation', operation: tampered }]),
    ]);
    expect(changed).toMatchObject({ held: { [ada.device]: 0 }, ignored: [{ code: 'not-attested' }] });
    const signed = await eve.push([
      { type: 'attestation', attestation: ada.attest(forged) },
      ...eve.pushLines([{ type: 'operation', operation: forged }]),
    ]);
    expect(signed.held[ada.device]).toBe(1);
  });

  it('ends a family of refresh tokens when an old one comes again, and not when an answer was lost', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const first = ada.refreshToken;
    expect((await ada.refresh(first)).status).toBe(200);
    expect((await ada.refresh(first)).status).toBe(200);
    const current = ada.refreshToken;
    expect((await ada.refresh(current)).status).toBe(200);
    const stolen = await ada.refresh(first);
    expect([stolen.status, await stolen.json()]).toMatchObject([401, { code: 'refresh-reused' }]);
    expect((await ada.refresh(ada.refreshToken)).status).toBe(401);
  });

  it('locks a revoked device out from its next request on', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    await revokeDevice(office.endpoint, ada.device);
    const answer = await ada.send('POST', '/v1/hello', { protocol: [1, 1], schemaVersion: 1 });
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'device-revoked' }]);
  });

  it('answers 426 when versions do not meet, and only 4xx to malformed input', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    expect((await ada.send('POST', '/v1/hello', { protocol: [7, 9], schemaVersion: 1 })).status).toBe(426);
    const deep = `${'['.repeat(100_000)}\n`;
    const bodies = [
      'x',
      '{}',
      '{}\n',
      'null\n',
      '{"__proto__":1}\n',
      deep,
      '{"voiding":{}}\n',
      '{"device":1e999}\n',
      '\0\n',
    ];
    for (const body of bodies) {
      const { status } = await ada.sendPush(body);
      expect([body.slice(0, 20), Math.floor(status / 100)]).toEqual([body.slice(0, 20), 4]);
    }
    const bytes = new Uint8Array([0xff, 0xfe, 10]);
    expect((await ada.sendPush(bytes)).status).toBe(400);
    expect((await ada.sendPush(bytes, { 'content-encoding': 'gzip' })).status).toBe(400);
    expect((await ada.sendPush('a'.repeat(3_000_000))).status).toBe(413);
    for (const body of [1, [], {}, { protocol: 'x' }, { protocol: [1, 1], schemaVersion: 1, more: 1 }])
      expect((await ada.send('POST', '/v1/hello', body)).status).toBe(400);
    const problem = await (await ada.send('GET', '/v1/pull?epoch=x&after=-1')).json();
    expect(Object.keys(problem as object).toSorted()).toEqual(['action', 'code', 'expected', 'where']);
  });

  it('serves the document of its own schemas', async () => {
    const document = (await (await fetch(`${office.url}/openapi.json`)).json()) as { paths: object };
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/v1/hello', '/v1/push', '/v1/pull']));
    expect((await fetch(`${office.url}/healthz`)).status).toBe(200);
    expect(await (await fetch(`${office.url}/metrics`)).text()).toContain('holdfast_log_entries 0');
  });
});
