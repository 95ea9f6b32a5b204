import { expect, test, type Page } from '@playwright/test';
import { openConnectedDesk, press } from '../../helpers/connected-desk.ts';
import type { DeskApp } from '../../helpers/desk-app.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';

let office: Office;
const desks: DeskApp[] = [];

test.beforeAll(async () => {
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
});

test.afterAll(async () => {
  for (const { app } of desks) await app.close();
  await office.close();
});

const title = 'Badge reader at gate 9';

async function open(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.type(title);
    await page.getByRole('option', { name: title }).first().click({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await page.locator('[data-pane="record"]').getByText(title).first().waitFor();
}

test('a ticket that someone else is editing says so, on the ticket and in the list, while the network is there', async () => {
  test.setTimeout(180_000);
  const anna = await openConnectedDesk(office, 'anna', 'administrator', 'desk-agent');
  const bert = await openConnectedDesk(office, 'bert', 'administrator', 'desk-agent');
  desks.push(anna, bert);
  await press(anna.page, 'c');
  await anna.page.getByRole('dialog').getByRole('textbox', { name: 'Title' }).fill(title);
  await anna.page.keyboard.press('Control+Enter');
  await open(anna.page);
  await open(bert.page);

  const { page } = bert;
  const header = page.locator('[data-pane="record"] header');
  const row = page.getByRole('row', { name: new RegExp(title) });
  const before = await header.boundingBox();
  const composer = anna.page.locator('[data-focus="composer"]');
  await composer.fill('The magnet is weak');
  await expect(header.getByRole('status')).toContainText(/is editing, since/, { timeout: 20_000 });
  await expect(row).toHaveAccessibleName(/is editing/);
  expect(await header.boundingBox()).toEqual(before);
  await expect(anna.page.locator('[data-pane="record"] header').getByRole('status')).toBeEmpty();
  if (process.env['HOLDFAST_SHOT'] !== undefined) await page.screenshot({ path: process.env['HOLDFAST_SHOT'] });

  // It is said of what is unsaved only.
  await composer.fill('');
  await expect(header.getByRole('status')).toBeEmpty({ timeout: 20_000 });
  await composer.fill('The magnet is gone');
  await expect(header.getByRole('status')).toContainText(/is editing/, { timeout: 20_000 });

  // Without the network nobody can say so.
  await press(page, 'g', 's');
  await page.getByRole('button', { name: 'Pause' }).click();
  await open(page);
  await expect(header.getByRole('status')).toBeEmpty({ timeout: 20_000 });
  await expect(composer).toHaveValue('The magnet is gone');
});
