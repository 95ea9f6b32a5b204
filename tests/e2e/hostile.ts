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
if (file === undefined) throw new Error('expected a JSONL file: npm run hostile -- FILE, or --self-check');
const isSelfCheck = file === '--self-check';
const texts = isSelfCheck ? ['harmless'] : readTexts(path.resolve(file));
const folder = makeFolder('hostile');
const csv = path.join(folder, 'hostile.csv');
writeFileSync(
  csv,
  ['number,title,description,caller', ...texts.map((text, index) => csvLine(index, text))].join('\r\n'),
);

const counts = {
  texts: texts.length,
  seen: 0,
  composed: 0,
  exported: 0,
  scripts: 0,
  requests: 0,
  navigations: 0,
  differences: 0,
};
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
if (isSelfCheck) await plantFaults(page);
else {
  for (const [index, text] of texts.entries()) await look(page, index, text);
  await exportAndImport(page);
}
await app.close();
process.stdout.write(`${JSON.stringify(counts)}\n`);
const found = [counts.scripts, counts.requests, counts.navigations];
const isGood = isSelfCheck
  ? found.every((count) => count > 0)
  : [...found, counts.differences].every((count) => count === 0);
process.exitCode = isGood ? 0 : 1;

/** What must never happen, made to happen: a counter that stays at 0 here would see nothing elsewhere either. */
async function plantFaults(watched: Page): Promise<void> {
  // The content policy stops a request before it is one: without the policy there is one to be seen.
  const devtools = await watched.context().newCDPSession(watched);
  await devtools.send('Page.setBypassCSP', { enabled: true });
  await watched.reload();
  await watched.evaluate(() => {
    setTimeout(() => alert('planted'), 0);
    void fetch('https://planted.invalid/').catch(() => undefined);
  });
  // The shell refuses to leave its own address; a frame that shows another one is a navigation it cannot refuse.
  await watched.evaluate(() => {
    document.body.append(document.createElement('iframe'));
  });
  await watched.waitForTimeout(1_000);
}

/** Every ticket written as CSV and read again: nothing may be another than it was, so nothing is changed. */
async function exportAndImport(shown: Page): Promise<void> {
  const target = path.join(folder, 'exported.csv');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [filePath] });
  }, target);
  await shown.keyboard.press('Escape');
  await shown.locator('body').press('g');
  await shown.locator('body').press('a');
  await shown.keyboard.press('Control+Shift+E');
  await shown.getByRole('dialog').getByText('Every field').waitFor();
  await shown.keyboard.press('Control+Enter');
  await shown.getByText(/records? written/).waitFor({ timeout: 60_000 });
  await shown.getByRole('button', { name: 'Import a CSV file' }).click();
  await shown.getByRole('button', { name: 'Import another file' }).click();
  await shown.getByRole('button', { name: 'Choose a file' }).click();
  for (const name of [/^Preview/, /^Check the whole file/]) await shown.getByRole('button', { name }).click();
  await shown.getByText(/Everything in this file is here already|Nothing has been written yet/).waitFor();
  await shown.getByText('Rows read').waitFor({ timeout: 60_000 });
  if (!(await shown.getByText('Everything in this file is here already').isVisible())) counts.differences += 1;
  counts.exported = texts.length;
}

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
