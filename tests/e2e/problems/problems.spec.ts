import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { type DeskApp, openDesk } from '../../helpers/desk-app.ts';
import { makeFolder } from '../../helpers/shell-app.ts';

let desk: DeskApp;

test.beforeAll(async () => {
  desk = await openDesk(makeFolder('problems'));
});

test.afterAll(async () => {
  await desk.app.close();
});

/** Faults against WCAG 2.2 A and AA. Legacy mode: Electron cannot open the page axe wants. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

test('what recurs becomes a problem; its workaround becomes a known error', async () => {
  const { page } = desk;
  await page.keyboard.press('g');
  await page.keyboard.press('p');
  const proposals = page.getByRole('region', { name: 'What seems to recur' });
  await expect(proposals).toContainText(/\d+ incidents in \d+ days/, { timeout: 30_000 });
  await expect(proposals).toContainText('words in common:');
  expect(await faultsOf(page)).toEqual([]);
  await proposals
    .getByRole('button', { name: /^Create problem/ })
    .first()
    .click();
  const pane = page.locator('[data-pane="record"]');
  await expect(pane.getByText('New', { exact: true })).toBeVisible();
  await pane.getByRole('button', { name: 'Confirm' }).click();
  await pane.getByLabel(/^Why 1/).fill('The power supply drops');
  await page.keyboard.press('Enter');
  await expect(pane.getByLabel(/^Why 2: “The power supply drops”/)).toBeVisible();
  const workaround = pane.getByRole('textbox', { name: 'Workaround' });
  await workaround.fill('Use the second way.');
  await workaround.press('Control+Enter');
  await pane.getByRole('button', { name: 'Communicate workaround' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Communicate' }).click();
  await expect(pane.getByText(/^Workaround communicated/)).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await faultsOf(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });
  await pane.getByRole('button', { name: 'Publish as known error' }).click();
  await expect(pane.getByText('Published').first()).toBeVisible();
  expect(await faultsOf(page)).toEqual([]);
});

test('a trigger leads to a major incident with phases, an update and its plan', async () => {
  const { page } = desk;
  await page.keyboard.press('Escape');
  await page.keyboard.press('g');
  await page.keyboard.press('x');
  await page
    .getByRole('button', { name: /^Propose as major incident:/ })
    .first()
    .click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/Why it is a major one/).fill('Nobody can work');
  await dialog.getByLabel(/Business impact/).fill('No orders are taken');
  await page.keyboard.press('Control+Enter');
  const pane = page.locator('[data-pane="record"]');
  await pane.getByRole('button', { name: 'Accept' }).click();
  await page.keyboard.press('Control+Enter');
  await expect(pane.getByText(/^Next update by/)).toBeVisible();
  await pane.getByText('Communication', { exact: true }).click();
  await pane.getByRole('textbox', { name: 'Update', exact: true }).fill('We look at the switch.');
  await pane.getByRole('button', { name: 'Log update' }).click();
  await expect(pane.getByRole('paragraph').filter({ hasText: 'We look at the switch.' })).toBeVisible();
  await expect(pane.getByRole('textbox', { name: 'Update', exact: true })).toHaveValue('');
  expect(await faultsOf(page)).toEqual([]);
});
