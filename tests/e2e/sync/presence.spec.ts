import { expect, test } from '@playwright/test';
import { addAccount, giveCode } from '../../../server/identity/administration.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { makeFolder } from '../../helpers/shell-app.ts';
import { openSyncDesk, type SyncDesk } from './sync-desk.ts';

const title = 'Badge reader at gate 9';
let office: Office;
const desks: SyncDesk[] = [];

async function openDesk(name: string): Promise<SyncDesk> {
  await addAccount(office.endpoint, name, ['administrator', 'desk-agent']);
  const desk = await openSyncDesk(makeFolder(name), 'empty');
  desks.push(desk);
  await desk.enrol(office.url, (await giveCode(office.endpoint, name)).code);
  return desk;
}

test.beforeAll(async () => {
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
});

test.afterAll(async () => {
  for (const { app } of desks) await app.close();
  await office.close();
});

test('a ticket that someone else is editing says so, on the ticket and in the list, while the network is there', async () => {
  test.setTimeout(180_000);
  const anna = await openDesk('anna');
  const bert = await openDesk('bert');
  await anna.command('ticket.create', { fields: { type: 'incident', title } });
  for (const { page } of desks) {
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.getByRole('row', { name: title }).click();
    await page.locator('[data-pane="record"]').getByText(title).first().waitFor();
  }
  const { page } = bert;
  const status = page.locator('[data-pane="record"]').getByRole('status');
  const row = page.getByRole('row', { name: new RegExp(title) });
  // What stands above, below and beside the two marks.
  const around = ['header', '[role="tablist"]', '[role="tabpanel"]', 'footer'].map((part) =>
    page.locator(`[data-pane="record"] ${part}`).first(),
  );
  const layout = async (): Promise<unknown> =>
    await Promise.all([...around, row].map(async (part) => await part.boundingBox()));
  const before = await layout();
  const composer = anna.page.locator('[data-focus="composer"]');
  await composer.fill('The magnet is weak');
  await expect(status).toContainText(/is editing, since/, { timeout: 20_000 });
  await expect(row).toHaveAccessibleName(/is editing/);
  if (process.env['HOLDFAST_SHOT'] !== undefined) await page.screenshot({ path: process.env['HOLDFAST_SHOT'] });
  expect(await layout()).toEqual(before);
  await expect(anna.page.locator('[data-pane="record"]').getByRole('status')).toBeEmpty();

  // It is said of what is unsaved only.
  await composer.fill('');
  await expect(status).toBeEmpty({ timeout: 20_000 });
  await composer.fill('The magnet is gone');
  await expect(status).toContainText(/is editing/, { timeout: 20_000 });

  // Without the network nobody can say so; what is being written stays.
  await bert.client.call('syncPause', { paused: true });
  await expect(status).toBeEmpty({ timeout: 20_000 });
  await expect(row).not.toHaveAccessibleName(/is editing/);
  await expect(composer).toHaveValue('The magnet is gone');
});
