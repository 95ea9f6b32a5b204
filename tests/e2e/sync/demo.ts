import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { ListResult } from '../../../renderer/data/data-api.ts';
import { addAccounts, prepareEndpoint } from '../../helpers/endpoint/endpoint-process.ts';
import { openFaultProxy } from '../../helpers/endpoint/fault-proxy.ts';
import { makeFolder } from '../../helpers/shell-app.ts';
import { converge, openSyncDesk, showSyncView, valuesToChoose, type SyncDesk } from './sync-desk.ts';

/**
 * `npm run demo`: an endpoint and two desks on the demo space; the network is cut, both are worked at, the network comes
 * back, and both are equal with the conflict settled. Pictures of each step go to screenshots/; with a display the
 * windows stay open until they are closed.
 */
const folder = path.resolve('screenshots');
mkdirSync(folder, { recursive: true });

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function shoot(page: Page, name: string): Promise<void> {
  const file = path.join(folder, `demo-${name}.png`);
  // The last frames of what has just changed.
  await page.waitForTimeout(500);
  await page.screenshot({ path: file });
  say(`  ${file}`);
}

async function firstTicket({ client }: SyncDesk): Promise<{ readonly id: string; readonly title: string }> {
  const sort = [{ field: 'openedAt', direction: 'descending' }] as const;
  const window = { where: [], search: '', sort, offset: 0, limit: 1 };
  const list = (await client.call('query', { type: 'list', entity: 'ticket', ...window })) as ListResult;
  const [row] = list.rows;
  if (row === undefined) throw new Error('the demo space has no ticket');
  return { id: row.id, title: String(row.values['title']) };
}

const directory = makeFolder('demo-endpoint');
const codes = await addAccounts(directory, { ada: ['desk-agent', 'administrator'], bob: ['desk-agent'] });
const endpoint = await prepareEndpoint(directory);
await endpoint.start();
const network = await openFaultProxy(endpoint.url);
say(`1. An endpoint answers on ${endpoint.url}; desks reach it through a network that can be cut.`);

const ada = await openSyncDesk(makeFolder('demo-ada'), 'demo');
const bob = await openSyncDesk(makeFolder('demo-bob'), 'empty');
try {
  await ada.enrol(network.url, codes['ada'] ?? '');
  await bob.enrol(network.url, codes['bob'] ?? '');
  await converge(ada, bob);
  const { records } = await bob.client.call('contentDigest', { entity: 'ticket' });
  say(`2. Two desks are enrolled by one-time codes; Bob’s was empty and has Ada’s ${records} tickets now.`);

  network.choose = () => 'drop';
  const { id, title } = await firstTicket(ada);
  await ada.command('ticket.edit', { id, fields: { title: `${title} (Ada called back)` } });
  await bob.command('ticket.edit', { id, fields: { title: `${title} (Bob is on site)` } });
  await bob.command('ticket.comment', { id, body: 'Replaced the cable, testing now.', audience: 'work-note' });
  await ada.command('ticket.create', { fields: { type: 'request', title: 'A second monitor for the new colleague' } });
  await ada.until('cut off', ({ problem, waiting }) => problem !== null && waiting === 2);
  await bob.until('cut off', ({ problem, waiting }) => problem !== null && waiting === 2);
  say(
    '3. The network is cut. Both rename the same ticket, Ada opens another, Bob writes a note: all saved, all waiting.',
  );
  await showSyncView(bob.page, 'overview');
  await shoot(bob.page, '1-cut-off');

  network.choose = () => 'none';
  for (const desk of [ada, bob]) await desk.client.call('syncNow', null);
  await converge(ada, bob);
  const { total } = await bob.conflicts();
  say(`4. The network is back: both are equal, ${total} conflict is to be seen on both, both titles kept.`);
  await showSyncView(bob.page, 'conflicts');
  await valuesToChoose(bob.page).waitFor();
  await shoot(bob.page, '2-conflict');

  await bob.page.keyboard.press('1');
  await bob.until('settled', async () => (await bob.conflicts()).total === 0);
  await converge(ada, bob);
  const left = (await ada.conflicts()).total + (await bob.conflicts()).total;
  const digests = [await ada.digest(), await bob.digest()];
  say(`5. Bob chooses with one key; conflicts left on both: ${left}.`);
  say(`   Ada ${digests[0]}\n   Bob ${digests[1]}\n   ${digests[0] === digests[1] ? 'equal' : 'NOT EQUAL'}`);
  await showSyncView(ada.page, 'overview');
  await shoot(ada.page, '3-ada-equal');
  await showSyncView(bob.page, 'overview');
  await shoot(bob.page, '4-bob-equal');
  if (left > 0 || digests[0] !== digests[1]) process.exitCode = 1;
  if (process.env['HOLDFAST_VIRTUAL_DISPLAY'] === undefined) {
    say('Close both windows to end.');
    await Promise.all([ada, bob].map(({ app }) => app.waitForEvent('close', { timeout: 0 })));
  }
} finally {
  for (const { app } of [ada, bob]) await app.close().catch(() => undefined);
  await network.close();
  await endpoint.kill();
}
