import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { openDesk, type DeskApp } from '../../helpers/desk-app.ts';
import { makeFolder } from '../../helpers/shell-app.ts';
import { tellSync, type ToldSync } from '../../helpers/told-sync.ts';
import { tellAdministration, visitAdministration } from '../../helpers/visit-administration.ts';

let desk: DeskApp;
let sync: ToldSync;

test.beforeAll(async () => {
  desk = await openDesk(makeFolder('administration'));
  sync = await tellSync(desk.page);
});
test.afterAll(async () => {
  await desk.app.close();
});

const asked = async (): Promise<unknown> =>
  (await sync.calls()).filter(({ name }) => name === 'endpointAdmin').map(({ input }) => input);

test('is for administrators only: no entry, no key, no command for anybody else', async () => {
  const { page } = desk;
  const entry = page.getByRole('button', { name: 'Administration', exact: true });
  await expect(entry).toBeHidden();
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page.getByRole('heading', { name: 'Administration' })).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Administration');
  await expect(page.getByRole('option', { name: /Administration/ })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await tellAdministration(sync, Date.now());
  await expect(entry).toBeVisible();
});

for (const look of ['light', 'dark', 'forced'] as const)
  test(`can be read and used by everybody, ${look}`, async () => {
    const { page } = desk;
    const colorScheme = look === 'dark' ? 'dark' : 'light';
    await page.emulateMedia({ colorScheme, forcedColors: look === 'forced' ? 'active' : 'none' });
    await visitAdministration(page, sync, async (name) => {
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html ?? ''}`)).toEqual([]);
    });
  });

test('adds an account by keys alone, and shows its code once', async () => {
  const { page } = desk;
  await tellAdministration(sync, Date.now());
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Account' })).toBeFocused();
  await page.keyboard.type('agent');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('There is an account by this name.')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('ada@example.org');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('K3V9-Q2M7-TA4X-PM60')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Copy code' })).toBeFocused();
  expect(await asked()).toContainEqual({
    ask: 'add-account',
    account: { name: 'ada@example.org', roles: ['desk-agent'] },
  });
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
});

test('locks an account, and asks before a device is locked out', async () => {
  const { page } = desk;
  await page.getByRole('grid', { name: 'Accounts' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Lock account' }).click();
  const name = 'person.000@example.org';
  expect(await asked()).toContainEqual({ ask: 'change-account', name, change: { disabled: true } });
  await dialog.getByRole('button', { name: `Lock out Desk of ${name}` }).click();
  await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
  expect(JSON.stringify(await asked())).not.toContain('revoke-device');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  expect(await asked()).toContainEqual({ ask: 'revoke-device', device: 'K3V9Q2M101' });
});

test('says plainly what needs the endpoint, and blocks nothing', async () => {
  const { page } = desk;
  const failure = { kind: 'unreachable', problem: null, retryAfterMs: null, detail: '' };
  await sync.answer('endpointAdmin', { ok: false, failure });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(page.getByText('Accounts and devices need the endpoint')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Accounts' })).toBeVisible();
  await expect(page.locator('[data-pane="list"] button:disabled')).toHaveCount(0);
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Account' }).fill('zoe@example.org');
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('The endpoint does not answer');
  // What was typed is still there for the next try.
  await expect(dialog.getByRole('textbox', { name: 'Account' })).toHaveValue('zoe@example.org');
});
