import type { Locator, Page } from '@playwright/test';
import { connectPage } from './page-client.ts';

/** What a person does at the desk while the disk is full. */
const record = (page: Page): Locator => page.locator('[data-pane="record"]');

export function noteField(page: Page): Locator {
  return record(page).getByRole('textbox', { name: /work note/i });
}

/** @returns all of the text that is in the field then */
export async function typeNote(page: Page, before: string, more: string): Promise<string> {
  await noteField(page).click();
  await noteField(page).press('End');
  await page.keyboard.type(more, { delay: 5 });
  return before + more;
}

/** Opens a ticket by its title, unless it is open. */
export async function openTicket(page: Page, title: string): Promise<void> {
  if ((await record(page).getByText(title).count()) > 0) return;
  await page.keyboard.press('Control+k');
  await page.keyboard.type(title);
  await page
    .getByRole('option', { name: new RegExp(title) })
    .first()
    .click();
  await record(page).getByText(title).first().waitFor();
}

/** Whether it is the desk that shows; else it must be the words that there is no room, and nothing else. */
export async function hasOpened(page: Page, problems: string[]): Promise<boolean> {
  const shown = page.locator('[data-failed]');
  const failed = (await shown.count()) > 0 ? await shown.getAttribute('data-failed') : null;
  if (failed !== null && failed !== 'storage.full') problems.push(`started on a full disk: ${failed}`);
  return failed === null;
}

/** A page that was loaded again has lost the test's connection. */
export async function reconnect(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor({ timeout: 60_000 });
  const isConnected = await page.evaluate(() => 'askWorker' in globalThis);
  if (!isConnected) await connectPage(page);
}
