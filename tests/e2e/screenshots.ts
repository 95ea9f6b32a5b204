import type { Page } from '@playwright/test';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { openDesk } from '../helpers/desk-app.ts';
import { makeFolder } from '../helpers/shell-app.ts';
import { tellSync } from '../helpers/told-sync.ts';
import { visitSync } from '../helpers/visit-sync.ts';

/** `npm run screenshots`: every screen on the demo space, light and dark, into screenshots/. For a person to look at. */
const folder = path.resolve('screenshots');

async function shoot(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(400);
  await page.screenshot({ path: path.join(folder, `${name}.png`) });
  process.stdout.write(`screenshots/${name}.png\n`);
}

/** Esc first empties the field of a palette, then closes it. */
async function closeDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (let press = 0; press < 3 && (await dialog.isVisible()); press += 1) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
  }
}

async function shootAll(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.keyboard.press('g');
  await page.keyboard.press('o');
  await page.locator('[data-pane="list"] [role="row"]').first().click();
  await page.getByRole('tab', { name: /Details/ }).waitFor();
  await shoot(page, `ticket-details-${theme}`);
  await page.getByRole('tab', { name: /Activity/ }).click();
  await shoot(page, `ticket-activity-${theme}`);
  await page.getByRole('tab', { name: /Details/ }).click();
  await page.keyboard.press('Control+Shift+L');
  await page.keyboard.press('Escape');
  await shoot(page, `table-${theme}`);
  await page.keyboard.press('Control+Shift+L');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('printer');
  await shoot(page, `palette-${theme}`);
  await closeDialog(page);
  await page.keyboard.press('c');
  await shoot(page, `new-ticket-${theme}`);
  await closeDialog(page);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Priority matrix of this space');
  await page.keyboard.press('Enter');
  await shoot(page, `priority-matrix-${theme}`);
  await closeDialog(page);
  await shootServiceLevels(page, theme);
  await shootAssets(page, theme);
  await shootPractices(page, theme);
}

/** Screens by the key that goes there: the list, then its first record. */
const practices = { problems: 'p', 'known-errors': 'k', 'major-incidents': 'x', changes: 'e', 'stock-takes': 'r' };

async function shootPractices(page: Page, theme: 'light' | 'dark'): Promise<void> {
  for (const [name, key] of Object.entries(practices)) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await shoot(page, `${name}-${theme}`);
    const first = page.locator('[data-pane="list"] [role="row"]').first();
    if (!(await first.isVisible())) continue;
    await first.click();
    await shoot(page, `${name}-record-${theme}`);
  }
  for (const [name, key] of Object.entries({ 'change-calendar': 't', 'change-advisory-board': 'b' })) {
    await page.keyboard.press('g');
    await page.keyboard.press(key);
    await shoot(page, `${name}-${theme}`);
  }
}

async function shootAssets(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await page.locator('[data-focus="search"]').fill('SW-BEL-003');
  await page.getByRole('row', { name: /^SW-BEL-003/ }).click();
  for (const tab of ['Details', 'Relations', 'Impact']) {
    await page.getByRole('tab', { name: tab }).click();
    await shoot(page, `asset-${tab.toLowerCase()}-${theme}`);
  }
  await page.getByText('Map', { exact: true }).click();
  await shoot(page, `impact-map-${theme}`);
  await page.keyboard.press('g');
  await page.keyboard.press('h');
  await shoot(page, `services-${theme}`);
}

async function shootServiceLevels(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.locator('[data-pane="list"] [role="row"]').first().click();
  await page.keyboard.press('d');
  await page.getByRole('dialog').waitFor();
  await page.locator('summary').first().click();
  await shoot(page, `targets-${theme}`);
  await closeDialog(page);
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await shoot(page, `service-levels-${theme}`);
  await page.getByRole('button', { name: 'P2 resolution' }).click();
  await shoot(page, `service-level-${theme}`);
  await closeDialog(page);
  await page.getByRole('button', { name: 'Business hours' }).click();
  await shoot(page, `calendar-${theme}`);
  await closeDialog(page);
}

mkdirSync(folder, { recursive: true });
const { app, page } = await openDesk(makeFolder('screenshots'));
await shoot(page, 'desk-light');
await shootAll(page, 'light');
await shootAll(page, 'dark');
await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
await shoot(page, 'desk-forced-colors');
await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
await app.evaluate(({ BrowserWindow }) => {
  BrowserWindow.getAllWindows()[0]?.setContentSize(760, 720);
});
await shoot(page, 'desk-narrow');
await app.evaluate(({ BrowserWindow }) => {
  BrowserWindow.getAllWindows()[0]?.setContentSize(1360, 832);
});
const sync = await tellSync(page);
for (const theme of ['light', 'dark'] as const) {
  await page.emulateMedia({ colorScheme: theme });
  await visitSync(page, sync, (name) => shoot(page, `sync-${name}-${theme}`));
}
await app.close();
