import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { type DeskApp, openDesk } from '../../helpers/desk-app.ts';
import { faultsInEveryLook, faultsOf } from '../../helpers/look-faults.ts';
import { makeFolder } from '../../helpers/shell-app.ts';

let desk: DeskApp;

test.beforeAll(async () => {
  desk = await openDesk(makeFolder('assets'));
});

test.afterAll(async () => {
  await desk.app.close();
});

async function openAsset(page: Page, name: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(name);
  // The row is there before the search, too: what was typed is applied when it is the first.
  const first = page.locator('[data-pane="list"] [data-row-id]').first();
  await expect(first).toHaveAccessibleName(new RegExp(`^${name},`));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

test('the failed switch of the demo: who and what suffers, by which way, told by keyboard', async () => {
  const { page } = desk;
  await openAsset(page, 'SW-BEL-003');
  const pane = page.locator('[data-pane="record"]');
  await expect(pane.getByText('An open incident puts it out of order.')).toBeVisible();
  await page.keyboard.press('m');
  await expect(pane.getByRole('status')).toHaveText(
    /If SW-BEL-003 fails: \d+ services, \d+ other assets and \d+ people/,
  );
  await expect(pane.getByRole('region', { name: /^\d+ services$/ }).getByText('VM-ERP carries Finance')).toBeVisible();
  await expect(pane.getByText(/HV-BEL-00\d is a member of Cluster Belgrade \(2 of 2 down\)/).first()).toBeVisible();
  await expect(pane.getByRole('region', { name: 'Kept up by redundancy' })).toContainText(
    'Printing1 of 6 down, 4 needed',
  );
  expect(await faultsInEveryLook(page)).toEqual([]);
});

test('the map is one tab stop, and arrow keys go along its lines', async () => {
  const { page } = desk;
  await openAsset(page, 'SW-BEL-003');
  await page.keyboard.press('m');
  const pane = page.locator('[data-pane="record"]');
  await pane.getByText('Map', { exact: true }).click();
  const map = pane.getByRole('region', { name: 'Map' });
  await expect(map.locator('button[tabindex="0"]')).toHaveCount(1);
  await map.locator('button[tabindex="0"]').focus();
  await expect(map.locator(':focus')).toContainText('SW-BEL-003');
  await page.keyboard.press('ArrowRight');
  await expect(map.locator(':focus')).not.toContainText('SW-BEL-003');
  await page.keyboard.press('ArrowLeft');
  await expect(map.locator(':focus')).toContainText('SW-BEL-003');
  expect(await faultsInEveryLook(page)).toEqual([]);
});

test('CMDB-1: a relation is added in one reading, read from its other end, and undone', async () => {
  const { page } = desk;
  await openAsset(page, 'UPS-BEL-001');
  await page.getByRole('tab', { name: 'Relations' }).click();
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Relate UPS-BEL-001' });
  await dialog.getByRole('button', { name: /UPS-BEL-001/ }).click();
  await page.getByRole('option', { name: 'contains' }).click();
  await dialog.getByRole('combobox').fill('FS-BEL');
  await page.getByRole('option', { name: /FS-BEL-003/ }).click();
  await expect(dialog.getByText('FS-BEL-003 is contained in UPS-BEL-001')).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await page.getByRole('button', { name: 'FS-BEL-003', exact: true }).click();
  const reading = page.getByRole('region', { name: 'is contained in' });
  await expect(reading.getByRole('button', { name: 'UPS-BEL-001', exact: true })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(reading).toBeHidden();
});

test('CMDB-3: the status offers what may follow; services tell their health and lead to its cause', async () => {
  const { page } = desk;
  await openAsset(page, 'PRN-BEL-003');
  await page.getByRole('tab', { name: 'Details' }).click();
  const pane = page.locator('[data-pane="record"]');
  await pane.getByRole('button', { name: /Status/ }).click();
  await expect(page.getByRole('option', { name: 'Planned' })).toHaveCount(0);
  await page.getByRole('option', { name: 'In repair' }).click();
  await expect(pane.getByText('In repair').first()).toBeVisible();
  expect(await faultsInEveryLook(page)).toEqual([]);
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  const network = page.getByRole('row', { name: /Network and Wi-Fi/ });
  await expect(network).toContainText('Incident');
  expect(await faultsInEveryLook(page)).toEqual([]);
  await network.getByRole('button', { name: 'SW-BEL-003' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'SW-BEL-003' })).toBeVisible();
});

test('a ticket shows the impact of its configuration item', async () => {
  const { page } = desk;
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.keyboard.press('/');
  await page.keyboard.type('Outage in Belgrade');
  await page.keyboard.press('Enter');
  await page.locator('[data-pane="list"] [role="row"]').first().click();
  await page.getByRole('button', { name: 'What fails with it' }).click();
  const dialog = page.getByRole('dialog', { name: 'Impact' });
  await expect(dialog.getByRole('status')).toContainText('If SW-BEL-003 fails');
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
