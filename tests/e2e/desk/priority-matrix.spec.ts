import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { openDesk } from '../../helpers/desk-app.ts';
import { makeFolder } from '../../helpers/shell-app.ts';

async function runFromPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
  await page.getByRole('option', { name: words }).first().click();
}

async function choose(page: Page, cell: RegExp, priority: string): Promise<void> {
  await page.getByRole('dialog').getByRole('button', { name: cell }).click();
  await page.getByRole('option', { name: priority }).click();
}

test('PRI-1: the matrix of the space is edited, rules what a level gives, and its change is undone', async () => {
  const { app, page } = await openDesk(makeFolder('matrix'));
  await runFromPalette(page, 'Priority matrix of this space');
  const highest = /Impact: 1 .*Urgency: 1 /;
  await expect(page.getByRole('dialog').getByRole('button', { name: highest })).toContainText('Critical');
  await choose(page, highest, 'Low');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('dialog')).toBeHidden();

  await runFromPalette(page, 'Priority matrix of this space');
  await expect(page.getByRole('dialog').getByRole('button', { name: highest })).toContainText('Low');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(page.getByText(/Undone/).first()).toBeVisible();
  await runFromPalette(page, 'Priority matrix of this space');
  await expect(page.getByRole('dialog').getByRole('button', { name: highest })).toContainText('Critical');
  await app.close();
});
