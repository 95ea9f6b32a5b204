import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import type { Page } from '@playwright/test';
import { type DeskApp, openDesk } from '../../helpers/desk-app.ts';
import { makeFolder } from '../../helpers/shell-app.ts';

let desk: DeskApp;

test.beforeAll(async () => {
  desk = await openDesk(makeFolder('service-levels'));
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

async function createCritical(page: Page, title: string): Promise<void> {
  await page.keyboard.press('c');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
}

async function closeDialog(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog');
  for (let press = 0; press < 3 && (await dialog.isVisible()); press += 1) {
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
  }
}

test('SLA-6: a new ticket has a due time at once, and every minute of it is explained by keyboard, offline', async () => {
  const { page } = desk;
  await createCritical(page, 'Conveyor 3 stands still');
  const record = page.locator('[data-pane="record"]');
  await expect(record.getByText('Conveyor 3 stands still').first()).toBeVisible();
  await expect(record.getByRole('button', { name: /Response: On track/ })).toBeVisible();
  await page.keyboard.press('d');
  const dialog = page.getByRole('dialog', { name: /Service levels: Conveyor 3/ });
  await expect(dialog.getByRole('heading', { name: /^Response/ })).toBeVisible();
  await expect(dialog.getByRole('heading', { name: /^Resolution/ })).toBeVisible();
  await expect(dialog.getByText(/Computed on this device/)).toBeVisible();
  await closeDialog(page);
});

test('the view of what is due soon counts and sorts, and its rows say so in words', async () => {
  const { page } = desk;
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  const rows = page.locator('[data-pane="list"] [role="row"]');
  await expect(rows.first()).toBeVisible();
  await expect(rows.first()).toHaveAccessibleName(/Overdue|Due soon/);
});

test('a calendar is changed, a feed taken over, and a service level shortened: tickets follow', async () => {
  const { page } = desk;
  await page.keyboard.press('g');
  await page.keyboard.press('l');
  await page.getByRole('button', { name: 'Business hours' }).click();
  const dialog = page.getByRole('dialog', { name: 'Calendar' });
  await dialog.locator('input[type="file"]').setInputFiles({
    name: 'holidays.ics',
    mimeType: 'text/calendar',
    buffer: Buffer.from(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//test//EN',
        'BEGIN:VEVENT',
        'UID:1',
        'DTSTART;VALUE=DATE:20261225',
        'RRULE:FREQ=YEARLY',
        'SUMMARY:Christmas Day',
        'END:VEVENT',
        'END:VCALENDAR',
      ].join('\r\n'),
    ),
  });
  await expect(dialog.getByRole('list', { name: 'Holidays' }).getByText('Christmas Day')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Monday' }).fill('eight to five');
  await expect(dialog.getByText(/Expected hours such as/)).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Monday' }).fill('07:00-15:00');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();

  await page.getByRole('button', { name: 'P5 response' }).click();
  const level = page.getByRole('dialog', { name: 'Service level' });
  await expect(level.getByText(/open tickets/)).toBeVisible();
  await level.getByRole('textbox', { name: 'Time' }).fill('0');
  await page.keyboard.press('Control+Enter');
  await expect(level.getByRole('alert')).toContainText('from 1 to');
  await level.getByRole('textbox', { name: 'Time' }).fill('1');
  await page.keyboard.press('Control+Enter');
  await expect(level).toBeHidden();
  await expect(page.getByRole('row', { name: /P5 response/ })).toContainText('1 working day');
});

for (const theme of ['light', 'dark'] as const) {
  test(`no screen of service levels has a fault that axe knows, ${theme}`, async () => {
    const { page } = desk;
    await page.emulateMedia({ colorScheme: theme });
    await closeDialog(page);
    await page.keyboard.press('g');
    await page.keyboard.press('d');
    await page.waitForTimeout(400);
    expect.soft(await faultsOf(page), 'due soon').toEqual([]);
    await page.locator('[data-pane="list"] [role="row"]').first().click();
    await page.getByRole('tab', { name: /Details/ }).waitFor();
    await page.keyboard.press('d');
    await page.getByRole('dialog').waitFor();
    await page.locator('summary').first().click();
    await page.waitForTimeout(300);
    expect.soft(await faultsOf(page), 'targets').toEqual([]);
    await closeDialog(page);
    await page.keyboard.press('g');
    await page.keyboard.press('l');
    await page.waitForTimeout(400);
    expect.soft(await faultsOf(page), 'levels').toEqual([]);
    await page.getByRole('button', { name: 'P2 resolution' }).click();
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(300);
    expect.soft(await faultsOf(page), 'level').toEqual([]);
    await closeDialog(page);
    await page.getByRole('button', { name: 'Business hours' }).click();
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(300);
    expect.soft(await faultsOf(page), 'calendar').toEqual([]);
    await closeDialog(page);
  });
}
