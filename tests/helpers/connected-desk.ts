import { expect, type Page } from '@playwright/test';
import type { Role } from '../../shared/domain/permissions.ts';
import { addAccount, giveCode } from '../../server/identity/administration.ts';
import { openDesk, type DeskApp } from './desk-app.ts';
import type { Office } from './endpoint/open-office.ts';
import { makeFolder } from './shell-app.ts';

/** A desk in real Electron, connected to an endpoint as a person does it: address, one-time code, done. */
export async function openConnectedDesk(office: Office, name: string, ...roles: readonly Role[]): Promise<DeskApp> {
  await addAccount(office.endpoint, name, roles);
  const { code } = await giveCode(office.endpoint, name);
  const desk = await openDesk(makeFolder(`desk-${name}`));
  await connect(desk.page, office.url, code);
  return desk;
}

async function connect(page: Page, url: string, code: string): Promise<void> {
  await press(page, 'g', 's');
  await page.getByRole('button', { name: 'Connect…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Address' }).fill(url);
  await dialog.getByRole('textbox', { name: 'One-time code' }).fill(code);
  await page.keyboard.press('Control+Enter');
  await page.getByRole('dialog', { name: 'Connected' }).waitFor();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}
