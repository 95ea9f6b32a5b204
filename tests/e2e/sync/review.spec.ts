import { expect, test, type Page } from '@playwright/test';
import { press } from '../../helpers/connected-desk.ts';
import { openDesk, type DeskApp } from '../../helpers/desk-app.ts';
import { makeFolder } from '../../helpers/shell-app.ts';
import { conflictsOf, refusedOperations, syncStates } from '../../helpers/sync-states.ts';
import { tellSync, type ToldSync } from '../../helpers/told-sync.ts';

let desk: DeskApp;
let sync: ToldSync;
const [first, second] = [
  { id: 't-1', title: 'Label printer prints blank', reference: 'INC-K3V9-17' },
  { id: 't-2', title: 'VPN drops every 20 minutes', reference: 'INC-K3V9-18' },
] as const;

test.beforeAll(async () => {
  desk = await openDesk(makeFolder('review'));
  sync = await tellSync(desk.page);
  await sync.answer('command', { ok: true, value: { dots: ['K3V9Q2M7TA:900'], ids: [] } });
});

test.afterAll(async () => {
  await desk.app.close();
});

async function settled(page: Page): Promise<unknown> {
  await page.waitForTimeout(200);
  return (await sync.calls()).filter(({ name }) => name === 'command').at(-1)?.input;
}

const settle = (fields: object): object => ({
  name: 'record.settle',
  input: { entity: 'ticket', id: first.id, fields },
});

test('each key of the review does what it says, wherever the focus is', async () => {
  const { page } = desk;
  const rows = conflictsOf([first, second], Date.now());
  await sync.tell('conflicts', { total: 2, rows });
  await sync.tell('status', { conflicts: 2 });
  await press(page, 'g', 'v');
  const review = page.getByRole('region', { name: 'Values to choose from' });
  await expect(review.getByRole('group', { name: 'State' })).toHaveAttribute('aria-current', 'true');

  await press(page, '2');
  expect(await settled(page)).toEqual(settle({ state: 'on-hold' }));
  // Gone at once, and the keys act on the next one.
  await expect(review.getByRole('group', { name: 'State' })).toBeHidden();
  await expect(review.getByRole('group', { name: 'Assignee' })).toHaveAttribute('aria-current', 'true');
  await press(page, 'j', 'b');
  const both = [
    'Labels at gate 4 come out blank on every third print since this morning.',
    'Reboot did not help, nor did another roll of media.',
    'Media: 100×150 thermal.',
  ].join('\n');
  expect(await settled(page)).toEqual(settle({ description: both }));
  await press(page, 'e');
  await expect(page.getByRole('textbox', { name: 'Text to keep for Title' })).toBeFocused();
  await page.keyboard.type(' 1 2 3');
  await page.keyboard.press('Enter');
  expect(await settled(page)).toEqual(settle({ title: 'Gate 4: label printer prints blank 1 2 3' }));
  await press(page, 'Control+Enter');
  expect(await settled(page)).toEqual(settle({ assignee: 'p-1' }));
  await press(page, 'g', 'o');
  await expect(page.locator('[data-pane="list"] [role="row"]').first()).toBeVisible();
});

test('a value that was refused comes back to be chosen', async () => {
  const { page } = desk;
  await sync.tell('conflicts', { total: 1, rows: conflictsOf([second], Date.now()).map((row) => ({ ...row })) });
  await press(page, 'g', 'v');
  const review = page.getByRole('region', { name: 'Values to choose from' });
  await sync.answer('command', { ok: false, failure: { kind: 'storage-full' } });
  await expect(review.getByRole('group', { name: 'State' })).toHaveAttribute('aria-current', 'true');
  await press(page, '1');
  await expect(page.getByText('There is no room left on this device').first()).toBeVisible();
  await expect(review.getByRole('group', { name: 'State' })).toBeVisible();
  await sync.answer('command', { ok: true, value: { dots: ['K3V9Q2M7TA:901'], ids: [] } });
});

test('the open record says what needs a choice, and is settled over it', async () => {
  const { page } = desk;
  await press(page, 'g', 'o');
  await page.locator('[data-pane="list"] [role="row"]').first().click();
  const record = page.locator('[data-pane="record"]');
  await record.getByRole('tab', { name: /Details/ }).waitFor();
  const [row] = conflictsOf([first], Date.now());
  await sync.tell('record', { conflicts: row?.fields ?? [] });
  await expect(record.getByText('4 fields need your choice: State, Assignee, Description, Title')).toBeVisible();
  await press(page, 'v');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('group', { name: 'State' })).toBeVisible();
  await press(page, '1');
  expect(JSON.stringify(await settled(page))).toContain('"fields":{"state":"in-progress"}');
  await expect(dialog.getByRole('group', { name: 'State' })).toBeHidden();
  await sync.tell('record', { conflicts: [] });
  await expect(dialog).toBeHidden();
  await sync.tell('record', null);
});

test('offline is no error: nothing red, nothing blocked, no spinner, and work goes on', async () => {
  const { page } = desk;
  await sync.tell('sync', syncStates(Date.now())['offline'] ?? null);
  await press(page, 'g', 's');
  await expect(page.getByRole('button', { name: 'Sync centre: Offline · 3 waiting' })).toBeVisible();
  await expect(page.getByText('Go on working.')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('progressbar')).toHaveCount(0);
  await expect(page.locator('main button:disabled')).toHaveCount(0);
  await press(page, 'c');
  await expect(page.getByRole('dialog')).toBeVisible();
  await press(page, 'Escape');
});

test('a refused change is dismissed, brought back, and let go only when its time is over', async () => {
  const { page } = desk;
  await sync.answer('dismissRefused', null);
  await sync.tell('refused', refusedOperations(first, Date.now()));
  await press(page, 'g', 'n');
  const cards = page.getByRole('article');
  await expect(cards).toHaveCount(2);
  await expect(cards.first()).toContainText('You may not change the field “Priority” here.');
  await cards.first().getByRole('button', { name: 'Dismiss' }).click();
  await expect(cards).toHaveCount(1);
  await press(page, 'Control+z');
  await expect(cards).toHaveCount(2);
  expect((await sync.calls()).filter(({ name }) => name === 'dismissRefused')).toEqual([]);
  await cards.first().getByRole('button', { name: 'Dismiss' }).click();
  await expect
    .poll(async () => (await sync.calls()).filter(({ name }) => name === 'dismissRefused'), { timeout: 15_000 })
    .toEqual([{ name: 'dismissRefused', input: { dot: 'K3V9Q2M7TA:41' } }]);
});
