import { expect, test } from '@playwright/test';
import { roles } from '../../../shared/domain/permissions.ts';
import { addAccounts, prepareEndpoint, type EndpointProcess } from '../../helpers/endpoint/endpoint-process.ts';
import { TestDesk } from '../../helpers/endpoint/test-desk.ts';
import { makeFolder } from '../../helpers/shell-app.ts';
import { isQuiet, openSyncDesk, showSyncView, type SyncDesk } from './sync-desk.ts';

test.describe.configure({ mode: 'serial' });

let endpoint: EndpointProcess;
/** Works over HTTP, as another desk would. */
let root: TestDesk;
let bob: SyncDesk;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  const directory = makeFolder('endpoint');
  const codes = await addAccounts(directory, {
    root: roles.filter((role) => role === 'administrator'),
    bob: ['desk-agent'],
  });
  endpoint = await prepareEndpoint(directory);
  await endpoint.start();
  root = new TestDesk(endpoint.url, 'root');
  expect((await root.enrol(codes['root'] ?? '')).ok).toBe(true);
  for (let number = 1; number <= 12; number += 1) {
    const state = number > 9 ? { state: 'closed', closedAt: Date.now() } : { state: 'new' };
    const fields = { type: 'incident', title: `Kettle ${number} hums`, impact: '3', urgency: '3', openedBy: 'root' };
    root.edit('ticket.create', [{ entity: 'ticket', id: `kettle-${number}`, fields: { ...fields, ...state } }]);
  }
  await root.exchange();
  expect((await root.send('POST', '/v1/admin/snapshots', {})).ok).toBe(true);
  bob = await openSyncDesk(makeFolder('bob'), 'empty');
  await bob.enrol(endpoint.url, codes['bob'] ?? '');
});
test.afterAll(async () => {
  await endpoint.kill();
  await bob.app.close();
});

const tickets = async (): Promise<number> => (await bob.client.call('contentDigest', { entity: 'ticket' })).records;

test('a new desk begins with the parts of a snapshot', async () => {
  expect((await root.hello()).snapshot?.parts).toBeGreaterThan(1);
  await bob.until('all here', async (state) => isQuiet(state) && (await tickets()) === 12);
});

test('it keeps what its person needs, finds the rest at the endpoint and brings it here with Enter', async () => {
  const { page } = bob;
  await showSyncView(page, 'overview');
  await expect(page.getByText('All tickets you may see.')).toBeVisible();
  await page.getByRole('button', { name: 'Choose…' }).click();
  await page.getByRole('dialog').getByText('What I need').click();
  await page.keyboard.press('Control+Enter');
  await bob.until('only what is needed', async (state) => isQuiet(state) && (await tickets()) === 0);
  await expect(page.getByText(/^Your own open tickets, those of your queues/)).toBeVisible();

  await page.keyboard.press('Control+k');
  await page.keyboard.type('kettle 7');
  await expect(page.getByRole('option', { name: 'Kettle 7 hums' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Kettle 7 hums' })).toBeVisible();
  root.edit('ticket.edit', [{ entity: 'ticket', id: 'kettle-7', fields: { title: 'Kettle 7 whistles' } }]);
  await root.exchange();
  await expect(page.getByRole('heading', { name: 'Kettle 7 whistles' })).toBeVisible();
});

test('it says plainly that the endpoint could not be asked', async () => {
  await endpoint.kill();
  await bob.page.keyboard.press('Control+k');
  await bob.page.keyboard.type('kettle 8');
  await expect(bob.page.getByText(/The endpoint does not answer: only what is on this device/)).toBeVisible();
  await bob.page.keyboard.press('Escape');
});
