import { expect, test } from '@playwright/test';
import { roles } from '../../../shared/domain/permissions.ts';
import { addAccounts, prepareEndpoint, type EndpointProcess } from '../../helpers/endpoint/endpoint-process.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';
import { makeFolder } from '../../helpers/shell-app.ts';
import { converge, openSyncDesk, showSyncView, valuesToChoose, type SyncDesk } from './sync-desk.ts';

test.describe.configure({ mode: 'serial' });

let endpoint: EndpointProcess;
let ada: SyncDesk;
let bob: SyncDesk;
/** Administers over HTTP, as another desk would. */
let root: TestDesk;
let ticket: string;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  const directory = makeFolder('endpoint');
  const codes = await addAccounts(directory, {
    ada: roles.filter((role) => role === 'desk-agent' || role === 'administrator'),
    bob: ['desk-agent'],
    root: roles.filter((role) => role === 'administrator'),
  });
  endpoint = await prepareEndpoint(directory);
  await endpoint.start();
  root = new TestDesk(endpoint.url, 'root');
  expect((await root.enrol(codes['root'] ?? '')).ok).toBe(true);
  ada = await openSyncDesk(makeFolder('ada'), 'demo');
  bob = await openSyncDesk(makeFolder('bob'), 'empty');
  await ada.enrol(endpoint.url, codes['ada'] ?? '');
  await bob.enrol(endpoint.url, codes['bob'] ?? '');
});
test.afterAll(async () => {
  await endpoint.kill();
  for (const desk of [ada, bob]) await desk.app.close();
});

test('a second desk gets everything the first one has, over Chromium’s own network', async () => {
  test.setTimeout(180_000);
  await converge(ada, bob);
  const { records } = await bob.client.call('contentDigest', { entity: 'ticket' });
  expect(records).toBeGreaterThan(10);
  const { link, lastExchange, clockOffsetMs } = await bob.state();
  expect(link).toMatchObject({ url: endpoint.url, account: 'bob', deviceName: 'a desk of the test' });
  expect(lastExchange?.bytesIn).toBeGreaterThan(0);
  expect(Math.abs(clockOffsetMs ?? Number.NaN)).toBeLessThan(1_000);
});

test('a change here is seen there within a moment', async () => {
  [ticket = ''] = await ada.command('ticket.create', { fields: { type: 'incident', title: 'Printer on fire' } });
  await bob.until('there', async () => (await bob.client.call('query', { type: 'record', id: ticket })) !== null);
});

test('both go on while the endpoint is dead, and end equal with the conflict to be seen on both', async () => {
  await converge(ada, bob);
  await endpoint.kill();
  await ada.command('ticket.edit', { id: ticket, fields: { title: 'Printer burns, says Ada' } });
  await bob.command('ticket.edit', { id: ticket, fields: { title: 'Printer burns, says Bob' } });
  await bob.command('ticket.comment', { id: ticket, body: 'Seen while offline', audience: 'work-note' });
  await ada.command('ticket.create', { fields: { type: 'request', title: 'A new printer' } });
  await ada.until('waiting', ({ problem, waiting }) => problem?.kind === 'unreachable' && waiting === 2);
  await bob.until('waiting', ({ problem, waiting }) => problem?.kind === 'unreachable' && waiting === 2);
  await showSyncView(bob.page, 'overview');
  await expect(bob.page.getByText('Printer burns, says Bob').first()).toBeVisible();
  await endpoint.start();
  await converge(ada, bob);
  for (const desk of [ada, bob]) {
    const { total, rows } = await desk.conflicts();
    expect(total).toBe(1);
    const [field] = rows[0]?.fields ?? [];
    expect(field?.heads.map(({ value }) => value).toSorted()).toEqual([
      'Printer burns, says Ada',
      'Printer burns, says Bob',
    ]);
  }
});

test('a conflict settled with one key on one desk is settled on the other', async () => {
  await showSyncView(bob.page, 'conflicts');
  // Words that differ are marked between the others.
  for (const words of ['says Ada', 'says Bob']) await expect(valuesToChoose(bob.page)).toContainText(words);
  await bob.page.keyboard.press('1');
  await bob.until('settled', async () => (await bob.conflicts()).total === 0);
  await converge(ada, bob);
  for (const desk of [ada, bob]) expect((await desk.conflicts()).total).toBe(0);
});

test('what the endpoint does not accept comes back to its author, with its text', async () => {
  const changed = await root.send('PATCH', '/v1/admin/accounts/bob', { roles: ['auditor'] });
  expect(changed.status).toBe(200);
  await bob.command('ticket.edit', { id: ticket, fields: { title: 'An auditor may not' } });
  await bob.until('refused', async () => (await bob.refused()).some(({ id }) => id === ticket));
  const refused = (await bob.refused()).find(({ id }) => id === ticket);
  expect(refused).toMatchObject({ code: 'not-permitted', id: ticket, field: 'title' });
  expect(refused?.values.map(({ value }) => value)).toContain('An auditor may not');
  await showSyncView(bob.page, 'refused');
  await expect(bob.page.getByText('An auditor may not').first()).toBeVisible();
  expect((await root.send('PATCH', '/v1/admin/accounts/bob', { roles: ['desk-agent'] })).status).toBe(200);
});

test('a desk that was locked out says so, goes on working, and brings all once it is let in again', async () => {
  const { link } = await bob.state();
  expect((await root.send('POST', `/v1/admin/devices/${link?.device ?? ''}/revoke`)).status).toBe(200);
  const [mine = ''] = await bob.command('ticket.create', { fields: { type: 'incident', title: 'Locked out' } });
  await bob.until('locked out', ({ phase, problem }) => phase === 'stopped' && problem?.kind === 'device-revoked');
  await bob.command('ticket.edit', { id: mine, fields: { title: 'Locked out, still working' } });
  expect((await bob.state()).waiting).toBe(2);
  await showSyncView(bob.page, 'overview');
  await expect(bob.page.getByText('This device was locked out').first()).toBeVisible();
  const given = (await (await root.send('POST', '/v1/admin/accounts/bob/codes')).json()) as { readonly code: string };
  await bob.enrol(endpoint.url, given.code);
  await converge(ada, bob);
  expect(await ada.client.call('query', { type: 'record', id: mine })).toMatchObject({
    values: { title: 'Locked out, still working' },
  });
});
