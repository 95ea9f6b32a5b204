import { expect, test } from '@playwright/test';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeOptions, makeFolder, prepareShell, runShell } from '../../helpers/shell-app.ts';

const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
const sample = path.join(projectRoot, 'tests/fixtures/incidents-sample.csv');

/** A page that does what it is told by the script and has nothing else. */
function pageWith(script: string): Readonly<Record<string, string>> {
  return {
    'index.html':
      '<!doctype html><html><head><meta charset="utf-8"><script type="module" src="./page.js"></script></head><body></body></html>',
    'page.js': script,
  };
}

test('a headless import reads its file by a handle, writes its report and ends with its code', async () => {
  const folder = makeFolder('headless');
  const importFile = path.join(folder, 'incidents.csv');
  writeFileSync(importFile, 'number,state\nINC1,New\n');
  const report = path.join(folder, 'report.json');
  const root = prepareShell(
    pageWith(`
      const info = await desktop.call('appInfo', null);
      const { handle, name, bytes } = info.value.import;
      const read = await desktop.call('fileRead', { handle, offset: 7, length: 5 });
      const text = new TextDecoder().decode(read.value.bytes);
      await desktop.call('reportDone', { report: { name, bytes, text, space: info.value.space, demo: info.value.demo, visible: document.visibilityState }, exitCode: 1 });
    `),
  );
  const options = encodeOptions({
    userData: makeFolder('profile'),
    space: 'from-file',
    importFile,
    headless: true,
    report,
  });
  const { code } = await runShell(root, [options]);
  expect(code).toBe(1);
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
    name: 'incidents.csv',
    bytes: 22,
    text: 'state',
    space: 'from-file',
    demo: false,
  });
});

test('a page cannot end a run that is not headless; its picture is taken when it is ready', async () => {
  const folder = makeFolder('picture');
  const screenshot = path.join(folder, 'desk.png');
  const root = prepareShell(
    pageWith(`
      const refused = await desktop.call('reportDone', { report: {}, exitCode: 0 });
      if (refused.failure?.kind === 'conflict') setTimeout(() => document.body.setAttribute('data-ready', ''), 300);
    `),
  );
  const { code } = await runShell(root, [encodeOptions({ userData: makeFolder('profile'), screenshot })]);
  expect(code).toBe(0);
  const png = readFileSync(screenshot);
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16)).toBeGreaterThan(400);
  expect(existsSync(`${screenshot}.writing`)).toBe(false);
});

test('wrong options end the start with a sentence, not with a window', async () => {
  const root = prepareShell();
  const wrong = await runShell(root, [encodeOptions({ userData: makeFolder('profile'), space: 'Not A Space' })]);
  expect(wrong.code).toBe(2);
  expect(wrong.output).toContain('expected 1 to 40 of a-z, 0-9 and -');
  const missing = await runShell(root, [
    encodeOptions({ userData: makeFolder('profile'), importFile: '/does/not/exist.csv', headless: true }),
  ]);
  expect(missing.code).toBe(1);
  expect(missing.output).toContain('/does/not/exist.csv');
});

test('a space that cannot be opened ends a headless run with its reason, not with silence', async () => {
  const userData = makeFolder('profile');
  writeFileSync(path.join(userData, 'spaces'), 'a file where the folder of the spaces must be');
  const report = path.join(makeFolder('unopened'), 'report.json');
  const { code, output } = await runShell(projectRoot, [
    encodeOptions({ userData, space: 'desk', importFile: sample, headless: true, report }),
  ]);
  expect(code).toBe(1);
  expect(output).toContain('Holdfast ends: not all was done; the report says why.');
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({ space: 'desk', failure: { kind: 'not-opened' } });
});
