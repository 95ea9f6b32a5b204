import { expect, test } from '@playwright/test';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { DesktopApi } from '../../../shared/desktop-api.ts';
import { encodeOptions, launchShell, makeFolder, prepareShell, runShell } from '../../helpers/shell-app.ts';

/** In the page. */
declare const desktop: DesktopApi;

test('a page whose process ended comes back, with what was acknowledged', async () => {
  const shell = await launchShell({ options: { space: 'crash' } });
  await shell.page.evaluate(() => desktop.call('draftSave', { space: 'crash', key: 'k', text: 'typed' }));
  await shell.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  });
  await expect
    .poll(() => readFileSync(path.join(shell.userData, 'logs/holdfast.log'), 'utf8'), { timeout: 30_000 })
    .toContain('its process ended');
  const drafts = await shell.app.evaluate(async ({ BrowserWindow }): Promise<unknown> => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) return 'no window';
    if (contents.isLoading()) await new Promise((resolve) => contents.once('did-finish-load', () => resolve(null)));
    return contents.executeJavaScript(`desktop.call('draftList', { space: 'crash' })`);
  });
  expect(drafts).toMatchObject({ ok: true, value: [{ key: 'k', text: 'typed' }] });
  await shell.close();
});

test('the window comes back at its place, in its theme and size of text', async () => {
  const first = await launchShell();
  await first.page.evaluate(async () => {
    await desktop.call('setTheme', { theme: 'dark' });
    await desktop.call('setZoom', { percent: 130 });
  });
  await first.app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 120, y: 90, width: 900, height: 700 });
  });
  await first.page.waitForTimeout(300);
  await first.close();

  const second = await launchShell({ userData: first.userData });
  const look = (): Promise<unknown> =>
    second.app.evaluate(({ BrowserWindow, nativeTheme }) => {
      const [window] = BrowserWindow.getAllWindows();
      return {
        width: window?.getNormalBounds().width,
        theme: nativeTheme.themeSource,
        zoom: window?.webContents.getZoomFactor(),
        color: window?.getBackgroundColor().toLowerCase(),
      };
    });
  // The size of text is set once the page has loaded, a moment after the test may have seen it.
  await expect.poll(look).toEqual({ width: 900, theme: 'dark', zoom: 1.3, color: '#0c0f11' });
  await second.close();
});

test('an item of the menu names its command to the page', async () => {
  const shell = await launchShell();
  await shell.page.evaluate(() => {
    desktop.on('menuCommand', ({ command }) => void (document.title = command));
  });
  await shell.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('help.about')?.click());
  await expect.poll(() => shell.page.title()).toBe('help.about');
  await shell.close();
});

test('a start that cannot succeed ends with code 1 and a reason', async () => {
  const root = prepareShell();
  const folder = await runShell(root, [
    encodeOptions({ userData: makeFolder('profile'), headless: true, importFile: root }),
  ]);
  expect(folder.code).toBe(1);
  expect(folder.output).toContain('EISDIR');
  rmSync(path.join(root, 'out/renderer/index.html'));
  const unbuilt = await runShell(root, [encodeOptions({ userData: makeFolder('profile'), headless: true })]);
  expect(unbuilt.code).toBe(1);
  expect(unbuilt.output).toContain('npm run build');
});
