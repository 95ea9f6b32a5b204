import { expect, test } from '@playwright/test';
import path from 'node:path';
import { existsSync } from 'node:fs';
import type { DesktopApi } from '../../../shared/desktop-api.ts';
import { encodeOptions, launchShell, makeFolder, prepareShell, runShell } from '../../helpers/shell-app.ts';

/** In the page. */
declare const desktop: DesktopApi;

/** Listens late, as a page that first loads its data does. */
const files = {
  'index.html': '<!doctype html><title>Links</title><script type="module" src="./page.js"></script><main>links</main>',
  'page.js': `
    window.links = [];
    setTimeout(() => desktop.on('deepLink', (link) => window.links.push(link)), 300);
  `,
};

const heard = `window.links`;

test('S8: a link at the first start navigates; what follows it is dropped', async () => {
  const evil = makeFolder('evil');
  const shell = await launchShell({
    files,
    argv: [
      'holdfast://ticket/INC-K3V9-17',
      encodeOptions({ userData: path.join(evil, 'profile'), space: 'evil' }),
      '--space=evil',
    ],
    options: { space: 'mine' },
  });
  await expect.poll(() => shell.page.evaluate<unknown>(heard)).toEqual([{ kind: 'ticket', reference: 'INC-K3V9-17' }]);
  expect(await shell.page.evaluate(() => desktop.call('appInfo', null))).toMatchObject({
    ok: true,
    value: { space: 'mine' },
  });
  expect(existsSync(path.join(evil, 'profile'))).toBe(false);
  await shell.close();
});

test('S8: later starts hand over a link and nothing else', async () => {
  const shell = await launchShell({ files, options: { space: 'mine' } });
  await shell.page.waitForTimeout(400);
  const root = prepareShell(files);
  const own = encodeOptions({ userData: shell.userData });
  const vectors = [
    ['holdfast://ticket/INC0001234'],
    ['holdfast://wipe/everything'],
    ['holdfast://ticket/INC-2', '--space=evil', encodeOptions({ headless: true, report: '/nowhere' })],
    ['https://example.org/'],
  ];
  for (const argv of vectors) {
    const second = await runShell(root, [own, ...argv]);
    expect(second.code, second.output).toBe(0);
  }
  await expect
    .poll(() => shell.page.evaluate<unknown>(heard))
    .toEqual([
      { kind: 'ticket', reference: 'INC0001234' },
      { kind: 'ticket', reference: 'INC-2' },
    ]);
  expect(shell.page.url()).toBe('app://bundle/index.html');
  expect(await shell.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  expect(await shell.page.evaluate(() => desktop.call('appInfo', null))).toMatchObject({
    value: { space: 'mine', headless: false },
  });
  await shell.close();
});
