import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import https from 'node:https';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openEndpoint } from '../../../server/endpoint.ts';
import { buildApp, defaultAppOptions } from '../../../server/http/app.ts';
import { changeAccount, listAccounts } from '../../../server/identity/administration.ts';
import { historyAnswerSchema } from '../../../shared/sync/protocol-records.ts';
import { headEventSchema } from '../../../shared/sync/protocol.ts';
import { parsePullPage } from '../../../shared/sync/protocol-lines.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { startPostgres, type PostgresCluster } from '../../helpers/endpoint/postgres-cluster.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';

const newTicket = (id: string) => ({
  entity: 'ticket',
  id,
  fields: { type: 'incident', title: `About ${id}`, state: 'new', impact: '3', urgency: '3' },
});
const set = (id: string, title: string) => ({ entity: 'ticket', id, fields: { title } });

describe('an endpoint', () => {
  let office: Office;
  let ada: TestDesk;
  beforeEach(async () => {
    office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
    ada = await office.desk('ada', 'administrator');
  });
  afterEach(async () => await office.close());

  it('tells open streams of each growth of the log, at once and once', async () => {
    const bob = await office.desk('bob', 'desk-agent');
    const stream = await fetch(`${office.url}/v1/events`, { headers: { authorization: `Bearer ${bob.accessToken}` } });
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    const heads: number[] = [];
    let text = '';
    /** Reads on until so many came: how a stream is cut into pieces is nobody's promise. */
    const until = async (count: number): Promise<void> => {
      while (heads.length < count) {
        const { value, done } = (await reader?.read()) ?? {};
        if (done !== false) throw new Error(`the stream ended after ${text}`);
        text += value;
        heads.splice(0);
        for (const [, data] of text.matchAll(/event: head\ndata: (.*)\n\n/g))
          heads.push(headEventSchema.parse(JSON.parse(data ?? '')).head);
      }
    };
    await until(1);
    ada.edit('ticket.create', [newTicket('t1')]);
    await ada.exchange();
    await until(2);
    expect(heads).toEqual([0, 2]);
    await reader?.cancel();
    await expect
      .poll(async () => await (await fetch(`${office.url}/metrics`)).text(), { timeout: 30_000 })
      .toContain('holdfast_event_streams 0');
  });

  it('zips a page for those who take it so', async () => {
    for (let count = 0; count < 200; count += 1) ada.edit('ticket.create', [newTicket(`t${count}`)]);
    await ada.exchange();
    const { epoch } = await ada.hello();
    const pull = async (encoding: string) =>
      await office.inject(`/v1/pull?epoch=${epoch}&after=0`, {
        authorization: `Bearer ${ada.accessToken}`,
        'accept-encoding': encoding,
      });
    const [zipped, plain] = [await pull('gzip, br'), await pull('identity')];
    expect([zipped.encoding, plain.encoding]).toEqual(['gzip', undefined]);
    expect(gunzipSync(zipped.body).toString()).toBe(plain.body.toString());
    expect(zipped.body.length * 3).toBeLessThan(plain.body.length);
    expect(parsePullPage(plain.body.toString()).ok).toBe(true);
  });

  it('tells the history of a record, newest first and page by page', async () => {
    ada.edit('ticket.create', [newTicket('t1'), newTicket('t2')]);
    for (let count = 1; count <= 5; count += 1) ada.edit('ticket.edit', [set('t1', `title ${count}`)]);
    await ada.exchange();
    const page = async (before: number) =>
      historyAnswerSchema.parse(
        await (await ada.send('GET', `/v1/records/ticket/t1/history?limit=3&before=${before}`)).json(),
      );
    const first = await page(0);
    const second = await page(first.entries.at(-1)?.position ?? 0);
    const third = await page(second.entries.at(-1)?.position ?? 0);
    const entries = [...first.entries, ...second.entries, ...third.entries];
    expect(entries.map(({ operation }) => operation.command)).toEqual([
      'system.number',
      ...Array<string>(5).fill('ticket.edit'),
      'ticket.create',
    ]);
    expect([first.more, second.more, third.more]).toEqual([true, true, false]);
    // The second ticket of the same operation is not told with the first.
    expect(entries.every(({ operation }) => operation.writes.every(({ id }) => id === 't1'))).toBe(true);
  });

  it('is administered from a desk', async () => {
    const made = await ada.send('POST', '/v1/admin/accounts', { name: 'carl', roles: ['technician'] });
    const { code } = (await made.json()) as { code: string };
    const carl = new TestDesk(office.url, 'carl');
    expect((await carl.enrol(code)).status).toBe(200);
    expect((await carl.hello()).you.roles).toEqual(['technician']);
    expect((await ada.send('PATCH', '/v1/admin/accounts/carl', { roles: ['auditor'] })).status).toBe(200);
    expect((await carl.hello()).you.roles).toEqual(['auditor']);
    const { devices } = (await (await ada.send('GET', '/v1/admin/devices')).json()) as {
      devices: { device: string }[];
    };
    expect(devices.map(({ device }) => device).toSorted()).toEqual([ada.device, carl.device].toSorted());
    expect((await ada.send('PATCH', '/v1/admin/accounts/carl', { disabled: true })).status).toBe(200);
    expect((await carl.send('GET', '/v1/devices')).status).toBe(401);
    expect((await ada.send('PATCH', '/v1/admin/accounts/carl', { disabled: false })).status).toBe(200);
    expect((await ada.send('POST', `/v1/admin/devices/${carl.device}/revoke`)).status).toBe(200);
    expect((await carl.send('GET', '/v1/devices')).status).toBe(401);
    expect((await ada.send('POST', '/v1/admin/accounts/nobody/codes')).status).toBe(404);
    expect((await listAccounts(office.endpoint)).map(({ name }) => name)).toEqual(['ada', 'carl']);
  });

  it('lets an enrolled device in by the password of its account, and no other', async () => {
    const bob = await office.desk('bob', 'desk-agent');
    await changeAccount(office.endpoint, 'bob', { password: 'correct horse battery' });
    const signIn = async (desk: TestDesk, name: string, password: string): Promise<number> =>
      (await desk.send('POST', '/v1/token', { ...(await desk.proof()), grant: { type: 'password', name, password } }))
        .status;
    expect(await signIn(bob, 'bob', 'correct horse battery')).toBe(200);
    expect(await signIn(bob, 'bob', 'wrong horse battery')).toBe(401);
    expect(await signIn(bob, 'ada', 'correct horse battery')).toBe(401);
    expect(await signIn(ada, 'bob', 'correct horse battery')).toBe(401);
    expect(await signIn(bob, 'nobody', 'correct horse battery')).toBe(401);
    const stored = await office.endpoint.store.read(async (store) => await store.account('bob'));
    expect(stored?.password).toMatch(/^scrypt\$131072\$8\$1\$/);
  }, 180_000);
});

describe('an endpoint with a certificate', () => {
  it('speaks TLS by the files it is given', async () => {
    const directory = temporaryDirectory();
    const [key, cert] = ['key.pem', 'cert.pem'].map((name) => path.join(directory, name));
    if (key === undefined || cert === undefined) throw new Error('two files were named');
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2',
        '-keyout',
        key,
        '-out',
        cert,
        ...subject,
      ],
      { stdio: 'ignore' },
    );
    const endpoint = await openEndpoint({ kind: 'sqlite', directory: path.join(directory, 'space') });
    const tls = { key: fs.readFileSync(key, 'utf8'), cert: fs.readFileSync(cert, 'utf8') };
    const app = await buildApp(endpoint, { ...defaultAppOptions, tls });
    const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
    const ask = async (ca: string | undefined): Promise<number> =>
      await new Promise((resolve, reject) => {
        https
          .get(
            { host: '127.0.0.1', servername: 'localhost', port, path: '/healthz', ...(ca === undefined ? {} : { ca }) },
            (response) => {
              response.resume();
              resolve(response.statusCode ?? 0);
            },
          )
          .on('error', reject);
      });
    expect(await ask(tls.cert)).toBe(200);
    await expect(ask(undefined)).rejects.toThrow(/self.signed/);
    await app.close();
    await endpoint.store.close();
  });
});

describe('PostgreSQL', () => {
  let cluster: PostgresCluster;
  beforeAll(() => {
    cluster = startPostgres();
  }, 120_000);
  afterAll(() => cluster.stop());

  it('has a transaction done again that it could not put in order, and nothing happens twice', async () => {
    const url = cluster.newDatabase();
    const office = await openOffice({ kind: 'postgres', url });
    const client = new pg.Client(url);
    await client.connect();
    try {
      const ada = await office.desk('ada', 'desk-agent');
      // The first two tries to append fail as the database says it when it cannot serialise.
      await client.query('CREATE SEQUENCE tries');
      await client.query(`CREATE FUNCTION fail_twice() RETURNS trigger AS $$
        BEGIN IF nextval('tries') <= 2 THEN RAISE EXCEPTION 'could not serialize' USING ERRCODE = '40001'; END IF; RETURN NEW; END
        $$ LANGUAGE plpgsql`);
      await client.query('CREATE TRIGGER fail BEFORE INSERT ON entry FOR EACH STATEMENT EXECUTE FUNCTION fail_twice()');
      ada.edit('ticket.create', [newTicket('t1')]);
      await ada.exchange();
      const rows = await office.endpoint.store.read(async (store) => await store.page(0, 100, 1e6));
      expect(rows.map(({ position, kind }) => [position, kind])).toEqual([
        [1, 'operation'],
        [2, 'operation'],
      ]);
      expect(Number((await client.query('SELECT last_value FROM tries')).rows[0].last_value)).toBeGreaterThanOrEqual(3);
    } finally {
      await client.end();
      await office.close();
    }
  });
});
