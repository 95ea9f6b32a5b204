import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { type DeskApp, openDesk } from '../../helpers/desk-app.ts';
import { makeFolder } from '../../helpers/shell-app.ts';

const folder = makeFolder('search');
let desk: DeskApp;

test.beforeAll(async () => {
  desk = await openDesk(folder);
});

test.afterAll(async () => {
  await desk.app.close();
});

async function faultsInBothThemes(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // Legacy mode: Electron cannot open the page axe wants.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
    faults.push(...violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`)));
    const pictures = process.env['SEARCH_PICTURES'];
    if (pictures !== undefined) await page.screenshot({ path: `${pictures}-${colorScheme}-${faults.length}.png` });
  }
  await page.emulateMedia({ colorScheme: 'light' });
  return faults;
}

async function search(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await page.keyboard.type(words);
}

test('the palette finds what stands only in the text, marked, and Enter opens it', async () => {
  const { page } = desk;
  await search(page, 'suitcase type:request,incident');
  const palette = page.getByRole('dialog');
  // Texts are indexed in the background after the start.
  await expect(palette.locator('mark').first()).toHaveText(/suitcase/i, { timeout: 20_000 });
  expect(await faultsInBothThemes(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.locator('[data-pane="record"]')).toContainText(/suitcase/i);
});

test('a typing error is forgiven and said; a filter that is none is explained; values of filters are offered', async () => {
  const { page } = desk;
  await search(page, 'turnstilse');
  const palette = page.getByRole('dialog');
  await expect(palette.getByText('similar words are shown')).toBeVisible();
  await expect(palette.locator('mark').first()).toHaveText(/turnstile/i);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('stat:open');
  await expect(palette.getByText('There is no filter “stat:”. Do you mean state:?')).toBeVisible();
  await page.keyboard.press('Control+a');
  await page.keyboard.type('priority:');
  await expect(palette.getByRole('option', { name: 'priority:1' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
});

test('the ticket list takes the same language', async () => {
  const { page } = desk;
  await page.keyboard.press('g');
  await page.keyboard.press('a');
  await page.keyboard.press('/');
  await page.keyboard.type('turnstiles state:open');
  const rows = page.locator('[data-pane="list"] [data-row-id]');
  await expect(rows.first()).toHaveAccessibleName(/turnstiles/i);
  await page.keyboard.press('Control+a');
  await page.keyboard.type('turnstiles type:nothing');
  await expect(page.getByText('Nothing matches')).toBeVisible();
  await page.keyboard.press('Escape');
});
