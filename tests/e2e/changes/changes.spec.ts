import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { type DeskApp, openDesk } from '../../helpers/desk-app.ts';
import { faultsInEveryLook } from '../../helpers/look-faults.ts';
import { makeFolder } from '../../helpers/shell-app.ts';

let desk: DeskApp;

test.beforeAll(async () => {
  desk = await openDesk(makeFolder('changes'));
});

test.afterAll(async () => {
  await desk.app.close();
});

async function shoot(page: Page, name: string): Promise<void> {
  const folder = process.env['SHOTS'];
  if (folder === undefined) return;
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

async function go(page: Page, key: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press(key);
}

async function openChange(page: Page, title: string): Promise<void> {
  await go(page, 'e');
  await page.keyboard.press('/');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(title);
  await expect(page.locator('[data-pane="list"] [data-row-id]').first()).toHaveAccessibleName(new RegExp(`^${title},`));
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

test('CHG-5: a change is planned, submitted, approved by those asked, and becomes scheduled', async () => {
  const { page } = desk;
  await go(page, 'e');
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog', { name: 'New change' });
  await dialog.getByRole('textbox', { name: 'Title' }).fill('Replace the core router');
  await dialog.getByLabel('Planned start').fill('2031-03-04T20:00');
  await dialog.getByLabel('Planned end').fill('2031-03-04T22:00');
  await dialog.getByLabel('Implementation plan').fill('Swap it');
  await dialog.getByLabel('Back-out plan').fill('Swap it back');
  await shoot(page, 'new-change');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Replace the core router' })).toBeVisible();
  const pane = page.locator('[data-pane="record"]');
  await pane.getByRole('button', { name: 'Submit' }).click();
  await pane.getByRole('tab', { name: 'Approvals' }).click();
  await expect(pane.getByText('has not answered').first()).toBeVisible();
  await shoot(page, 'approvals');
  for (let step = 0; step < 3; step += 1) {
    await pane.getByRole('button', { name: /Approve or reject/ }).click();
    const decide = page.getByRole('dialog', { name: 'Approve or reject' });
    await expect(decide.getByRole('textbox')).toBeFocused();
    await page.keyboard.press('Control+Enter');
    await expect(decide).toBeHidden();
  }
  expect(await faultsInEveryLook(page)).toEqual([]);
  await expect(pane.getByText('Authorize', { exact: true }).first()).toBeVisible();
});

test('CNF-1: two changes on one switch are told as a conflict; a free time is offered and taken', async () => {
  const { page } = desk;
  await openChange(page, 'New firmware for the core switch');
  const pane = page.locator('[data-pane="record"]');
  await expect(pane.getByRole('status').first()).toContainText('Renew the cabling behind the switch');
  await shoot(page, 'record');
  expect(await faultsInEveryLook(page)).toEqual([]);
  await pane.getByRole('button', { name: /Next free time/ }).click();
  const slots = page.getByRole('dialog', { name: 'Next free time' });
  await expect(slots.getByText(/without conflict in the next 90 days/)).toBeVisible();
  await slots.getByRole('listitem').first().getByRole('button').click();
  await expect(slots).toBeHidden();
  await expect(pane.getByText('Renew the cabling behind the switch')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(pane.getByRole('status').first()).toContainText('Renew the cabling behind the switch');
});

test('RSK-1: the risk says why; the questionnaire raises it', async () => {
  const { page } = desk;
  await openChange(page, 'Move the file share to larger disks');
  const pane = page.locator('[data-pane="record"]');
  await pane.getByRole('tab', { name: 'Risk' }).click();
  await expect(pane.getByText(/by the condition/)).toBeVisible();
  await shoot(page, 'risk');
  expect(await faultsInEveryLook(page)).toEqual([]);
});

test('the calendar: month, week and by service; a change moves by keyboard with the checks live', async () => {
  const { page } = desk;
  await go(page, 't');
  const calendar = page.getByRole('region', { name: 'Change calendar' });
  await page.getByText('Month', { exact: true }).click();
  await shoot(page, 'month');
  expect(await faultsInEveryLook(page)).toEqual([]);
  await page.getByText('By service', { exact: true }).click();
  await shoot(page, 'timeline');
  expect(await faultsInEveryLook(page)).toEqual([]);
  const block = calendar.getByRole('button', { name: /Move the file share to larger disks/ }).first();
  const before = await block.getAttribute('aria-label');
  await block.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(calendar.getByRole('status')).toContainText(/no conflict|not within|hangs together|same/);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Change moved').last()).toBeVisible();
  await expect(calendar.getByRole('status')).toContainText('Drag a change to move it');
  await expect(block).not.toHaveAttribute('aria-label', before ?? '');
  await page.getByText('Week', { exact: true }).click();
  await shoot(page, 'week');
  expect(await faultsInEveryLook(page)).toEqual([]);
});

test('the board has its agenda, and an incident leads to a change', async () => {
  const { page } = desk;
  await go(page, 'b');
  await expect(page.getByRole('button', { name: /New firmware for the core switch/ })).toBeVisible();
  await shoot(page, 'cab');
  expect(await faultsInEveryLook(page)).toEqual([]);
  await go(page, 'a');
  await page.locator('[data-pane="list"] [role="row"]').first().click();
  await page.getByRole('button', { name: 'Create a change' }).first().click();
  await expect(page.getByRole('dialog', { name: 'Create a change' })).toBeVisible();
  await page.keyboard.press('Escape');
});
