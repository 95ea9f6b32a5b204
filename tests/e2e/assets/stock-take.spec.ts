import { expect, test, type Page } from '@playwright/test';
import { type DeskApp, openDesk } from '../../helpers/desk-app.ts';
import { faultsInEveryLook } from '../../helpers/look-faults.ts';
import { makeFolder } from '../../helpers/shell-app.ts';

const folder = makeFolder('stock-take');
let desk: DeskApp;

test.beforeAll(async () => {
  desk = await openDesk(folder);
});

test.afterAll(async () => {
  await desk.app.close();
});

/** Types as a scanner does: fast, with Enter at the end, whatever has the focus. */
async function scan(page: Page, code: string): Promise<void> {
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
}

async function referenceOf(page: Page, name: string): Promise<string> {
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(name);
  const first = page.locator('[data-pane="list"] [data-row-id]').first();
  await expect(first).toHaveAccessibleName(new RegExp(`^${name},`));
  const [, reference = ''] = /(CI-[0-9A-Z]{4}-\d+)/.exec((await first.textContent()) ?? '') ?? [];
  expect(reference).not.toBe('');
  await page.keyboard.press('Escape');
  return reference;
}

test('a stock-take: the site first, then a scanner that types; it goes on after a restart; finishing is one step', async () => {
  test.setTimeout(180_000);
  let { page } = desk;
  const here = await referenceOf(page, 'AP-BEL-003');
  const elsewhere = await referenceOf(page, 'AP-HAM-001');
  await page.keyboard.press('g');
  await page.keyboard.press('r');
  await expect(page.getByText('Nothing has been counted yet')).toBeVisible();
  await page.getByRole('button', { name: 'New stock-take' }).click();
  const dialog = page.getByRole('dialog', { name: 'New stock-take' });
  await dialog.getByRole('combobox').fill('Belg');
  await page.getByRole('option', { name: /Belgrade/ }).click();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Belgrade' })).toBeVisible();
  const status = page.locator('[data-pane="list"]').getByRole('status');

  // The focus is on no field: single keys would be commands.
  await page.getByRole('heading', { level: 1, name: 'Belgrade' }).click();
  await scan(page, `HOLDFAST://ASSET/${here}`);
  await expect(status).toHaveText('AP-BEL-003 is here');
  await scan(page, here.toLowerCase());
  await expect(status).toHaveText('AP-BEL-003 is counted already');
  await scan(page, elsewhere);
  await expect(status).toHaveText('AP-HAM-001 is booked elsewhere');
  await scan(page, '<b>4006381333931</b>');
  await expect(status).toHaveText('No asset has “<b>4006381333931</b>”');
  await expect(page.getByText(/^1 of \d+ found at Belgrade$/)).toBeVisible();
  expect(await faultsInEveryLook(page)).toEqual([]);

  await desk.app.close();
  desk = await openDesk(folder);
  page = desk.page;
  await expect(page.getByText(/^1 of \d+ found at Belgrade$/)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Misplaced 1' })).toContainText('AP-HAM-001');
  await expect(page.getByRole('region', { name: 'Unknown 1' })).toContainText('<b>4006381333931</b>');

  await page.getByRole('button', { name: 'Finish…' }).click();
  const finish = page.getByRole('dialog', { name: 'Finish the stock-take of Belgrade' });
  await finish.getByText(/^Mark \d+ assets as missing$/).click();
  expect(await faultsInEveryLook(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect(finish).toBeHidden();
  // It was moved: what is booked here now is found.
  await expect(page.getByRole('region', { name: 'Found 2' })).toContainText('AP-HAM-001');
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('region', { name: 'Misplaced 1' })).toContainText('AP-HAM-001');
  await expect(page.getByRole('button', { name: 'Finish…' })).toBeVisible();
});
