import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { type DeskApp, openDesk } from '../../helpers/desk-app.ts';
import { makeFolder } from '../../helpers/shell-app.ts';
import { tellSync, type ToldSync } from '../../helpers/told-sync.ts';
import { visitSync } from '../../helpers/visit-sync.ts';

let desk: DeskApp;
let sync: ToldSync | null = null;

test.beforeAll(async () => {
  desk = await openDesk(makeFolder('accessibility'));
});

test.afterAll(async () => {
  await desk.app.close();
});

/** Every fault axe finds against WCAG 2.2 A and AA, as `rule: place`. Legacy mode: Electron cannot open the page axe wants. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

/** Shows one screen, from the list of all open tickets. */
const screens: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  list: async () => {},
  ticket: async (page) => {
    await page.locator('[data-pane="list"] [role="row"]').first().click();
    await page.getByRole('tab', { name: /Details/ }).waitFor();
  },
  activity: async (page) => {
    await page.getByRole('tab', { name: /Activity/ }).click();
  },
  table: async (page) => {
    await page.keyboard.press('Control+Shift+L');
  },
  'back to the list': async (page) => {
    await page.keyboard.press('Control+Shift+L');
  },
  palette: async (page) => {
    await page.keyboard.press('Control+k');
    await page.keyboard.type('printer');
    await page.getByRole('option').first().waitFor();
  },
  'new ticket': async (page) => {
    await closeDialog(page);
    await page.keyboard.press('c');
    await page.getByRole('dialog').waitFor();
  },
  shortcuts: async (page) => {
    await closeDialog(page);
    await page.keyboard.press('Control+/');
    await page.getByRole('dialog').waitFor();
  },
  'priority matrix': async (page) => {
    await closeDialog(page);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('Priority matrix of this space');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Priority matrix' }).waitFor();
  },
  import: async (page) => {
    await closeDialog(page);
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page
      .getByRole('heading', { name: /Import/ })
      .first()
      .waitFor();
    await page.waitForTimeout(500);
  },
  'back from the import': async (page) => {
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    await page.locator('[data-pane="list"]').waitFor();
  },
  settings: async (page) => {
    await closeDialog(page);
    await page.keyboard.press('Control+,');
    await page.getByRole('dialog').waitFor();
  },
};

/** Esc first empties the field of a palette, then closes it. */
async function closeDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (let press = 0; press < 3 && (await dialog.isVisible()); press += 1) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
  }
}

for (const theme of ['light', 'dark'] as const) {
  test(`no screen has a fault that axe knows, ${theme}`, async () => {
    const { page } = desk;
    await page.emulateMedia({ colorScheme: theme });
    await closeDialog(page);
    await page.keyboard.press('g');
    await page.keyboard.press('o');
    for (const [name, show] of Object.entries(screens)) {
      await show(page);
      await page.waitForTimeout(300);
      expect.soft(await faultsOf(page), name).toEqual([]);
    }
    await closeDialog(page);
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`no state of the sync screens has a fault that axe knows, ${theme}`, async () => {
    // About 25 states, each looked at as a whole.
    test.setTimeout(300_000);
    const { page } = desk;
    await page.emulateMedia({ colorScheme: theme });
    sync ??= await tellSync(page);
    await visitSync(page, sync, async (name) => {
      expect.soft(await faultsOf(page), name).toEqual([]);
    });
  });
}

test('the check sees a fault that is planted', async () => {
  const { page } = desk;
  await page.evaluate(() => {
    const faint = document.createElement('button');
    faint.id = 'planted';
    faint.style.cssText = 'position:fixed;z-index:99;inset:40% auto auto 40%;color:#ccc;background:#fff';
    faint.append('Too faint to read');
    document.querySelector('main')?.append(faint, document.createElement('img'));
  });
  const faults = await faultsOf(page);
  expect(faults).toContain('color-contrast: #planted');
  expect(faults.some((fault) => fault.startsWith('image-alt'))).toBe(true);
});
