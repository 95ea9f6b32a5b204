import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openEndpoint, type Endpoint } from '../../../server/endpoint.ts';
import { buildApp, defaultAppOptions } from '../../../server/http/app.ts';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { startPostgres, type PostgresCluster } from '../../helpers/endpoint/postgres-cluster.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const ticket = (id: string, fields: Readonly<Record<string, string>> = {}) => ({
  entity: 'ticket',
  id,
  fields: { type: 'incident', title: `About ${id}`, state: 'new', impact: '3', urgency: '3', ...fields },
});
const set = (title: string) => [{ entity: 'ticket', id: 't1', fields: { title } }];

describe('two endpoints on one PostgreSQL', () => {
  let cluster: PostgresCluster;
  beforeAll(() => {
    cluster = startPostgres();
  }, 120_000);
  afterAll(() => cluster.stop());

  it('see each other’s signatures, also where nothing else came', async () => {
    const place = { kind: 'postgres', url: cluster.newDatabase() } as const;
    const office = await openOffice(place);
    const other: Endpoint = await openEndpoint(place);
    const app = await buildApp(other, { ...defaultAppOptions, requestsPerMinute: 10_000 });
    const otherUrl = await app.listen({ host: '127.0.0.1', port: 0 });
    try {
      const ada = await office.desk('ada', 'desk-agent');
      const bob = await office.desk('bob', 'desk-agent');
      const created = ada.edit('ticket.create', [ticket('t1')]);
      await ada.push(ada.pushLines([{ type: 'operation', operation: created }]));
      await bob.exchange();
      bob.url = otherUrl;
      bob.edit('ticket.edit', [{ entity: 'ticket', id: 't1', fields: { impact: '2' } }]);
      await bob.exchange();
      // Ada's next operation reaches Bob by another way, and the endpoint only its signature.
      const unsent = ada.edit('ticket.edit', set('unsent'));
      bob.replica.receive({ type: 'operation', operation: unsent });
      await ada.push([{ type: 'attestation', attestation: ada.attest(unsent) }]);
      const reply = bob.edit('ticket.edit', set('seen by Bob'));
      const answer = await bob.push(bob.pushLines([{ type: 'operation', operation: reply }]));
      expect(answer.need).toEqual({});
      const [chain] = await office.endpoint.store.read(async (store) => await store.chains([ada.device]));
      expect(chain?.attested).toBe(unsent.seq);
    } finally {
      await app.close();
      await other.store.close();
      await office.close();
    }
  }, 60_000);
});

describe('an endpoint', () => {
  let office: Office;
  beforeEach(async () => (office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() })));
  afterEach(async () => await office.close());
  const enrolAs = async (device: string): Promise<number> => {
    await addAccount(office.endpoint, 'mallory', ['requester']);
    const desk = new TestDesk(office.url, 'mallory');
    desk.device = device;
    return (await desk.enrol((await giveCode(office.endpoint, 'mallory')).code)).status;
  };
  const systemDevice = async (): Promise<string> =>
    (await office.endpoint.store.read(async (store) => await store.space())).systemDevice;

  it('enrols nobody as the device it wrote as in an earlier epoch', async () => {
    const former = await systemDevice();
    await office.endpoint.store.write(async (store) => await store.beginEpoch('next', 'SSSSSSSSSS', 1));
    expect(await enrolAs(former)).toBe(409);
  });

  it('enrols nobody as the device it wrote as in a life that its backup does not know', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    ada.edit('ticket.create', [ticket('t1')]);
    await ada.exchange();
    const former = await systemDevice();
    const restored = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
    try {
      // What desks bring back of it: its chain, of which this store knows nothing else.
      const entries = await office.endpoint.store.read(async (store) => await store.chainFrom(former, 1));
      expect(entries.length).toBe(1);
      await restored.endpoint.store.write(async (store) => {
        await store.append(entries.map((entry) => ({ ...entry, records: [] })));
      });
      await addAccount(restored.endpoint, 'mallory', ['requester']);
      const desk = new TestDesk(restored.url, 'mallory');
      desk.device = former;
      const { code } = await giveCode(restored.endpoint, 'mallory');
      expect((await desk.enrol(code)).status).toBe(409);
    } finally {
      await restored.close();
    }
  });

  it('names the scope of who sees everything as before when a fork was settled, and that of others anew', async () => {
    const ada = await office.desk('ada', 'desk-agent');
    const bob = await office.desk('bob', 'requester');
    ada.edit('ticket.create', [ticket('t1', { caller: 'bob' })]);
    const twin = ada.clone();
    const before = [(await ada.hello()).scope, (await bob.hello()).scope];
    ada.edit('ticket.edit', set('one'));
    twin.edit('ticket.edit', set('other'));
    await ada.exchange();
    await twin.exchange();
    expect(Object.keys((await ada.hello()).forks)).toEqual([ada.device]);
    expect((await ada.hello()).scope).toBe(before[0]);
    expect((await bob.hello()).scope).not.toBe(before[1]);
  });
});

describe('an endpoint that is asked too often', () => {
  it('counts pages of the log by themselves, so that a long one is read without waiting, and not without end', async () => {
    const endpoint = await openEndpoint({ kind: 'sqlite', directory: temporaryDirectory() });
    const app = await buildApp(endpoint, { ...defaultAppOptions, requestsPerMinute: 10 });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    try {
      await addAccount(endpoint, 'ada', ['desk-agent']);
      const ada = new TestDesk(url, 'ada');
      await ada.enrol((await giveCode(endpoint, 'ada')).code);
      const { epoch } = await ada.hello();
      const counted = async (path: string, times: number): Promise<Record<number, number>> => {
        const found: Record<number, number> = {};
        for (let count = 0; count < times; count += 1) {
          const { status } = await ada.send('GET', path);
          found[status] = (found[status] ?? 0) + 1;
        }
        return found;
      };
      expect(await counted(`/v1/pull?epoch=${epoch}&after=0`, 60)).toEqual({ 200: 50, 429: 10 });
      expect(await counted('/v1/records', 60)).toEqual({ 200: 50, 429: 10 });
      // One was the greeting.
      expect(await counted('/v1/devices', 15)).toEqual({ 200: 9, 429: 6 });
    } finally {
      await app.close();
      await endpoint.store.close();
    }
  });

  it('counts by address whoever has no sound token, whatever the header says, and by device the others', async () => {
    const endpoint = await openEndpoint({ kind: 'sqlite', directory: temporaryDirectory() });
    const app = await buildApp(endpoint, { ...defaultAppOptions, requestsPerMinute: 20 });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    try {
      await addAccount(endpoint, 'ada', ['desk-agent']);
      const ada = new TestDesk(url, 'ada');
      await ada.enrol((await giveCode(endpoint, 'ada')).code);
      const ask = async (authorization: string): Promise<number> =>
        (await fetch(`${url}/v1/challenge`, { method: 'POST', headers: { authorization } })).status;
      const found = new Map<number, number>();
      for (let count = 0; count < 30; count += 1) {
        const status = await ask(`Bearer made.up.${count}`);
        found.set(status, (found.get(status) ?? 0) + 1);
      }
      // One of the twenty was Ada's, before she had a token.
      expect(Object.fromEntries(found)).toEqual({ 200: 19, 429: 11 });
      expect((await ada.send('GET', '/v1/devices')).status).toBe(200);
    } finally {
      await app.close();
      await endpoint.store.close();
    }
  });
});
