import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { type DeskApp, openDesk } from '../../helpers/desk-app.ts';
import { makeFolder } from '../../helpers/shell-app.ts';

async function killHard({ app }: DeskApp): Promise<void> {
  const process = app.process();
  const gone = new Promise((resolve) => process.once('exit', resolve));
  process.kill('SIGKILL');
  await gone;
}

async function createTicket(page: Page, title: string): Promise<void> {
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
}

async function find(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  await page.getByRole('option', { name: words }).first().click();
}

test('a ticket made and edited by keyboard survives kill -9, with its note and the draft of a reply', async () => {
  const userData = makeFolder('desk');
  const first = await openDesk(userData);
  await createTicket(first.page, 'Scanner at gate 4 reads nothing');
  const record = first.page.locator('[data-pane="record"]');
  await expect(record.getByText('Scanner at gate 4 reads nothing').first()).toBeVisible();
  await first.page.keyboard.press('Escape');
  await find(first.page, 'Scanner at gate 4');
  await record.getByRole('textbox', { name: /work note/i }).fill('Cable replaced');
  await first.page.keyboard.press('Control+Enter');
  await expect(record.getByRole('textbox', { name: /work note/i })).toHaveValue('');
  await record.getByRole('textbox', { name: /work note/i }).fill('Half a thought');
  await first.page.waitForTimeout(1_000);
  await killHard(first);

  const second = await openDesk(userData);
  await find(second.page, 'Scanner at gate 4');
  const again = second.page.locator('[data-pane="record"]');
  await expect(again.getByRole('textbox', { name: /work note/i })).toHaveValue('Half a thought');
  await again.getByRole('tab', { name: /Activity/ }).click();
  await expect(again.getByText('Cable replaced')).toBeVisible();
  await second.app.close();
});

test('a deleted IndexedDB is rebuilt from the journal, and the screen says so', async () => {
  const userData = makeFolder('desk');
  const first = await openDesk(userData);
  await createTicket(first.page, 'Kept in two copies');
  await first.app.close();
  const folders = readdirSync(path.join(userData, 'IndexedDB'));
  expect(folders.length).toBeGreaterThan(0);
  rmSync(path.join(userData, 'IndexedDB'), { recursive: true });

  const second = await openDesk(userData);
  await expect(second.page.getByText('Your work was restored on this device')).toBeVisible();
  await find(second.page, 'Kept in two copies');
  await expect(second.page.locator('[data-pane="record"]').getByText('Kept in two copies').first()).toBeVisible();
  await second.app.close();
});

test('what the page shows of hostile text is text: no script runs and nothing is asked of the network', async () => {
  const desk = await openDesk(makeFolder('desk'));
  const requests: string[] = [];
  desk.page.on('request', (request) => requests.push(request.url()));
  const violations: string[] = [];
  desk.page.on('dialog', (dialog) => violations.push(dialog.message()));
  const hostile = '<img src=x onerror=alert(1)><script>alert(2)</script>';
  await createTicket(desk.page, hostile);
  await expect(desk.page.locator('[data-pane="record"]').getByText(hostile).first()).toBeVisible();
  expect(violations).toEqual([]);
  expect(requests.filter((url) => !url.startsWith('app://bundle/'))).toEqual([]);
  await desk.app.close();
});

test('a start leaves no error in the console: no policy is broken, nothing is missing', async () => {
  const { app, page } = await openDesk(makeFolder('console'));
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text());
  });
  await page.reload();
  await page.locator('html[data-ready]').waitFor();
  expect(said).toEqual([]);
  await app.close();
});
