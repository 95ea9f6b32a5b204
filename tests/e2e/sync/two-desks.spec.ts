import { expect, test, type Page } from '@playwright/test';
import { openConnectedDesk, press } from '../../helpers/connected-desk.ts';
import { openDesk, type DeskApp } from '../../helpers/desk-app.ts';
import { openOffice, temporaryDirectory, type Office } from '../../helpers/endpoint/open-office.ts';
import { makeFolder } from '../../helpers/shell-app.ts';

let office: Office;
const desks: DeskApp[] = [];

test.beforeAll(async () => {
  office = await openOffice({ kind: 'sqlite', directory: temporaryDirectory() });
});

test.afterAll(async () => {
  for (const { app } of desks) await app.close();
  await office.close();
});

async function createTicket(page: Page, title: string): Promise<void> {
  await press(page, 'c');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
}

async function open(page: Page, words: string): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.type(words);
    await page.getByRole('option', { name: words }).first().click({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });
  await page.locator('[data-pane="record"]').getByText(words).first().waitFor();
}

async function rename(page: Page, from: string, to: string): Promise<void> {
  await open(page, from);
  await press(page, 'F2');
  const field = page.locator('[data-pane="record"] textarea').first();
  await field.fill(to);
  await field.press('Enter');
  await expect(page.locator('[data-pane="record"]').getByText(to).first()).toBeVisible();
}

async function setPaused(page: Page, isPaused: boolean): Promise<void> {
  await press(page, 'g', 's');
  await page.getByRole('button', { name: isPaused ? 'Pause' : 'Resume' }).click();
  await page.getByRole('button', { name: isPaused ? 'Resume' : 'Pause' }).waitFor();
}

test('two desks change one field without knowing of each other: one key settles it on both', async () => {
  test.setTimeout(240_000);
  const anna = await openConnectedDesk(office, 'anna', 'administrator', 'desk-agent');
  const bert = await openConnectedDesk(office, 'bert', 'administrator', 'desk-agent');
  desks.push(anna, bert);
  await createTicket(anna.page, 'Scanner at gate 4');
  await open(bert.page, 'Scanner at gate 4');

  for (const { page } of [anna, bert]) await setPaused(page, true);
  await expect(anna.page.getByRole('button', { name: /Sync centre: Paused/ })).toBeVisible();
  await rename(anna.page, 'Scanner at gate 4', 'Scanner at gate 4 reads nothing');
  await rename(bert.page, 'Scanner at gate 4', 'Scanner at gate 4 needs a cable');
  await expect(bert.page.getByRole('contentinfo').getByText(/1 change waits since/)).toBeVisible();
  for (const { page } of [anna, bert]) await setPaused(page, false);

  const { page } = bert;
  await expect(page.getByRole('contentinfo').getByText('1 needs your choice')).toBeVisible({ timeout: 60_000 });
  await press(page, 'g', 'v');
  const review = page.getByRole('region', { name: 'Values to choose from' });
  await expect(review.getByText('Scanner at gate 4 reads nothing')).toBeVisible();
  await expect(review.getByText('Scanner at gate 4 needs a cable')).toBeVisible();
  await press(page, '1');
  await expect(page.getByText('Nothing needs your choice')).toBeVisible();

  await open(anna.page, 'Scanner at gate 4 needs a cable');
  await expect(anna.page.getByRole('contentinfo').getByText(/need your choice|needs your choice/)).toBeHidden();
});

test('connecting says precisely what is wrong, and loses nothing that was typed', async () => {
  const { app, page } = await openDesk(makeFolder('connect'));
  desks.push({ app, page });
  await press(page, 'g', 's');
  await page.getByRole('button', { name: 'Connect…' }).click();
  const dialog = page.getByRole('dialog');
  const address = dialog.getByRole('textbox', { name: 'Address' });
  await address.fill('http://desk.example.org');
  await expect(dialog.getByText('Plain http can be read')).toBeVisible();
  await address.fill('http://127.0.0.1:9');
  await address.press('Tab');
  await expect(dialog.getByText('The endpoint does not answer')).toBeVisible();
  await address.fill(office.url);
  await address.press('Tab');
  await expect(dialog.getByText(/answers for the space/)).toBeVisible();
  const code = dialog.getByRole('textbox', { name: 'One-time code' });
  await code.fill('K3V9-Q2M7-TA4X-PM60');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('The code was not accepted');
  await expect(code).toHaveValue('K3V9-Q2M7-TA4X-PM60');
});

test('disconnecting keeps everything', async () => {
  const desk = await openConnectedDesk(office, 'carla', 'administrator', 'desk-agent');
  desks.push(desk);
  const { page } = desk;
  await createTicket(page, 'Stays when the endpoint goes');
  await press(page, 'g', 's');
  await page.getByRole('button', { name: 'Disconnect…' }).click();
  await page.getByRole('dialog', { name: /Disconnect from/ }).waitFor();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('This desk works by itself')).toBeVisible();
  await open(page, 'Stays when the endpoint goes');
});
