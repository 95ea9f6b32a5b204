import { expect, test } from '@playwright/test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { type DeskApp, openDesk } from '../../helpers/desk-app.ts';
import { faultsInEveryLook } from '../../helpers/look-faults.ts';
import { makeFolder } from '../../helpers/shell-app.ts';

let desk: DeskApp;
const folder = makeFolder('labels');

test.beforeAll(async () => {
  desk = await openDesk(folder);
  const wasm = readFileSync(path.resolve('node_modules/zxing-wasm/dist/reader/zxing_reader.wasm'));
  await prepareZXingModule({ overrides: { wasmBinary: Uint8Array.from(wasm).buffer }, fireImmediately: true });
});

test.afterAll(async () => {
  await desk.app.close();
});

/** Width and height of each page of a PDF, mm. */
function pagesOf(file: string): readonly (readonly number[])[] {
  const text = readFileSync(file, 'latin1');
  return [...text.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)].map(([, width, height]) =>
    [Number(width), Number(height)].map((points) => (points / 72) * 25.4),
  );
}

test('chosen assets are labelled: the code on the label is read, the PDF has the size of the sheet', async () => {
  const { page, app } = desk;
  const file = path.join(folder, 'labels.pdf');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  const list = page.locator('[data-pane="list"]');
  await list.locator('[data-row-id]').first().click();
  for (let row = 0; row < 3; row += 1) {
    await page.keyboard.press('x');
    await page.keyboard.press('j');
  }
  await expect(list.getByRole('toolbar', { name: 'Chosen assets' })).toContainText('3 selected');
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Asset labels' });
  await expect(dialog.getByRole('status')).toHaveText('3 labels on 1 page');
  expect(await faultsInEveryLook(page)).toEqual([]);

  // From the last label but one of the sheet on: the third goes to a second sheet.
  await dialog.getByLabel('First label').fill('99');
  await expect(dialog.getByText('A number from 1 to 16')).toBeVisible();
  await dialog.getByLabel('First label').fill('15');
  await expect(dialog.getByRole('status')).toHaveText('3 labels on 2 pages');
  await dialog.getByRole('button', { name: 'Save as PDF' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Saved as labels.pdf')).toBeVisible();
  const pages = pagesOf(file);
  expect(pages).toHaveLength(2);
  for (const [width, height] of pages) {
    expect(width).toBeCloseTo(210, 0);
    expect(height).toBeCloseTo(297, 0);
  }
});

test('a roll label shows its code as it is printed, and a decoder reads the link in it', async () => {
  const { page } = desk;
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  const dialog = page.getByRole('dialog', { name: 'Asset labels' });
  await dialog.getByRole('button', { name: /Sheet or roll/ }).click();
  await page.getByRole('option', { name: /Brother DK 62/ }).click();
  await expect(dialog.getByRole('status')).toHaveText('1 label on 1 page');
  const svg = dialog.locator('svg[viewBox]').filter({ has: page.locator('path[fill-rule="evenodd"]') });
  const picture = await svg.first().screenshot({ scale: 'device' });
  const [read] = await readBarcodes(picture);
  expect(read?.text).toMatch(/^HOLDFAST:\/\/ASSET\/CI-[0-9A-Z]{4}-\d+$/);
  // The bars beside it are finer than a screen: the unit tests read them.
  await dialog.getByRole('button', { name: 'QR code Code' }).click();
  await page.getByRole('option', { name: 'Both' }).click();
  await expect(svg).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a label leads to its asset: the link of a printed label opens it', async () => {
  const { page, app } = desk;
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.locator('[data-pane="list"] [data-row-id]').first().click();
  const pane = page.locator('[data-pane="record"]');
  const row = (await page.locator('[data-pane="list"] [data-row-id]').first().getAttribute('aria-label')) ?? '';
  const name = row.split(',')[0] ?? '';
  const [reference] = /CI-[0-9A-Z]{4}-\d+/.exec(row) ?? [];
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await app.evaluate(({ app: electron }, link) => {
    electron.emit('second-instance', {}, ['holdfast', link]);
  }, `HOLDFAST://ASSET/${reference}`);
  await expect(pane.getByRole('heading', { level: 1, name })).toBeVisible();
  await app.evaluate(({ app: electron }) => {
    electron.emit('second-instance', {}, ['holdfast', 'holdfast://asset/CI-NOPE-1']);
  });
  await expect(page.getByText('“CI-NOPE-1” is not on this device')).toBeVisible();
});

test('chosen assets are put in repair at one key, and one undo takes it back', async () => {
  const { page } = desk;
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.keyboard.press('/');
  await page.keyboard.type('HV-BEL');
  const rows = page.locator('[data-pane="list"] [data-row-id]');
  await expect(rows.first()).toHaveAccessibleName(/^HV-BEL/);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  for (let row = 0; row < 2; row += 1) {
    await page.keyboard.press('x');
    await page.keyboard.press('j');
  }
  await page.keyboard.press('s');
  await page.keyboard.type('repair');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Status saved · 2 assets').first()).toBeVisible();
  await expect(page.locator('[data-pane="list"] [role="row"]', { hasText: 'In repair' })).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(page.locator('[data-pane="list"] [role="row"]', { hasText: 'In repair' })).toHaveCount(0);
});
