import { expect, test } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openDesk } from '../../helpers/desk-app.ts';
import { encodeOptions, makeFolder, runShell } from '../../helpers/shell-app.ts';

const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
const sample = path.join(projectRoot, 'tests/fixtures/incidents-sample.csv');

test('a start for a picture ends only when the import it was asked for is done', async () => {
  const userData = makeFolder('import');
  const screenshot = path.join(userData, 'desk.png');
  const { code } = await runShell(projectRoot, [
    encodeOptions({ userData, space: 'desk', importFile: sample, screenshot }),
  ]);
  expect(code).toBe(0);
  const numbers = readFileSync(sample, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',', 1)[0]);
  const { app, page } = await openDesk(userData);
  await expect(page.getByText(`${new Set(numbers).size} tickets on this device`)).toBeVisible();
  await app.close();
});

test('two desks that import the same file without a window report the same digest', async () => {
  const digests: unknown[] = [];
  for (const desk of ['one', 'other']) {
    const report = path.join(makeFolder(desk), 'report.json');
    const options = { userData: makeFolder('import'), space: 'desk', importFile: sample, headless: true, report };
    expect((await runShell(projectRoot, [encodeOptions(options)])).code).toBe(0);
    const { digest, records } = JSON.parse(readFileSync(report, 'utf8'));
    expect(records).toBeGreaterThan(100);
    digests.push(digest);
  }
  expect(digests[1]).toBe(digests[0]);
});

test('a file goes through the wizard by keyboard, is reported, recognised again and taken back', async () => {
  const folder = makeFolder('import');
  const csv = path.join(folder, 'lamps.csv');
  writeFileSync(csv, 'number,title,state\nLAMP-1,Lamp one,New\nLAMP-2,Lamp two,Sideways\n,No number,New\n');
  const report = path.join(folder, 'report.csv');
  const { app, page } = await openDesk(folder);
  await app.evaluate(
    ({ dialog }, files) => {
      dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [files.csv] });
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath: files.report });
    },
    { csv, report },
  );
  await page.keyboard.press('g');
  await page.keyboard.press('i');
  for (const heading of ['What the columns mean', 'The first rows', 'Check before importing']) {
    await expect(page.getByRole('heading', { name: heading })).toBeVisible();
    await expect(page.locator('[data-primary] button')).toBeEnabled();
    await page.keyboard.press('Control+Enter');
  }
  await expect(page.getByRole('heading', { name: 'What was imported' })).toBeVisible();
  await expect(page.getByRole('row', { name: /Tickets 2 0 0/ })).toBeVisible();
  await expect(page.getByRole('row', { name: /Refused: 2, 3, state, Sideways/ })).toBeVisible();
  await page.getByRole('button', { name: 'Save report as CSV' }).click();
  await expect(page.getByText('Report saved as report.csv')).toBeVisible();
  expect(readFileSync(report, 'utf8')).toContain('Sideways');

  await page.keyboard.press('Control+z');
  await expect(page.getByText('2 records that this import made will be removed.')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('This import was taken back.')).toBeVisible();
  await app.close();
});
