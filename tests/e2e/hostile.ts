import { _electron } from '@playwright/test';
import type { Page } from '@playwright/test';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { electronExecutable, encodeOptions, makeFolder } from '../helpers/shell-app.ts';

/**
 * `npm run hostile -- FILE`: every string of a JSONL file (strings, or objects with a `payload`) through import, list,
 * title, description and the name of a person, and every 25th through the composer, in real Electron. Counts what must not happen: a script
 * that ran, a request, a navigation, a text shown otherwise than it was given.
 */
const composedEvery = 25;
const titleLength = 200;

const file = process.argv[2];
if (file === undefined) throw new Error('expected a JSONL file: npm run hostile -- FILE');
const texts = readTexts(path.resolve(file));
const folder = makeFolder('hostile');
const csv = path.join(folder, 'hostile.csv');
writeFileSync(
  csv,
  ['number,title,description,caller', ...texts.map((text, index) => csvLine(index, text))].join('\r\n'),
);

const counts = { texts: texts.length, seen: 0, composed: 0, scripts: 0, requests: 0, navigations: 0, differences: 0 };
const app = await _electron.launch({
  executablePath: electronExecutable(),
  args: [
    process.cwd(),
    encodeOptions({ userData: folder, space: 'hostile', importFile: csv, headless: false }),
    '--lang=en-US',
  ],
  timeout: 120_000,
});
const page = await app.firstWindow();
listen(page);
await page.locator('html[data-ready]').waitFor({ timeout: 60_000 });
await page.getByText('What was imported').waitFor({ timeout: 120_000 });
for (const [index, text] of texts.entries()) await look(page, index, text);
await app.close();
process.stdout.write(`${JSON.stringify(counts)}\n`);
process.exitCode = counts.scripts + counts.requests + counts.navigations + counts.differences === 0 ? 0 : 1;

function readTexts(name: string): readonly string[] {
  const lines = readFileSync(name, 'utf8').split('\n');
  const values = lines.filter((line) => line.trim() !== '').map((line): unknown => JSON.parse(line));
  return values.map((value) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'object' && value !== null && 'payload' in value) return String(value.payload);
    throw new Error(`expected a string or an object with a payload, got ${JSON.stringify(value).slice(0, 80)}`);
  });
}

function csvLine(index: number, text: string): string {
  const cell = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  return [`HX${index}`, cell(text.slice(0, titleLength)), cell(text), cell(text.slice(0, titleLength))].join(',');
}

/** Anything a script could do shows as one of these; a marked global shows that one ran. */
function listen(watched: Page): void {
  watched.on('dialog', (dialog) => {
    counts.scripts += 1;
    void dialog.dismiss();
  });
  watched.on('request', (request) => {
    if (!request.url().startsWith('app://bundle/')) counts.requests += 1;
  });
  watched.on('framenavigated', (frame) => {
    if (!frame.url().startsWith('app://bundle/')) counts.navigations += 1;
  });
}

async function look(shown: Page, index: number, text: string): Promise<void> {
  await shown.keyboard.press('Control+k');
  await shown.keyboard.insertText(`HX${index}`);
  await shown
    .getByRole('option', { name: new RegExp(`HX${index}\\b`) })
    .first()
    .click();
  const record = shown.locator('[data-pane="record"]');
  await record.getByText(`HX${index}`, { exact: true }).first().waitFor();
  const description = await record.getByRole('textbox', { name: 'Description' }).inputValue();
  if (normal(description) !== normal(text)) counts.differences += 1;
  counts.seen += 1;
  if (index % composedEvery !== 0 || text.trim() === '') return;
  const note = record.getByRole('textbox', { name: /work note/i });
  await note.fill(text);
  await shown.keyboard.press('Control+Enter');
  await record.getByRole('tab', { name: /Activity/ }).click();
  await record.locator('.user-text').first().waitFor();
  const notes = await record.locator('.user-text').allTextContents();
  if (!notes.some((each) => normal(each) === normal(text))) counts.differences += 1;
  await record.getByRole('tab', { name: /Details/ }).click();
  counts.composed += 1;
}

/** Line ends and outer blanks may be made one; everything else must come back to the letter. */
function normal(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n').trim();
}
