import { expect, test } from '@playwright/test';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { faultsOfPackage } from '../../../build/check-package.mjs';
import {
  installDeb,
  launchPackaged,
  makeDeb,
  mayInstall,
  removeDeb,
  rendererConfinement,
} from '../../helpers/packaged-app.ts';

test.skip(process.platform !== 'linux', 'packages are made here for Linux only');
test.describe.configure({ mode: 'serial', timeout: 300_000 });

let folder = '';
let executable = '';

test.beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'holdfast-package-'));
  fs.chmodSync(folder, 0o755);
  const deb = makeDeb(folder);
  executable = path.join(folder, 'linux-unpacked/holdfast');
  if (mayInstall()) {
    installDeb(deb);
    executable = '/usr/bin/holdfast';
  }
});

test.afterAll(() => {
  if (executable === '/usr/bin/holdfast' && fs.existsSync(executable)) removeDeb();
  fs.rmSync(folder, { recursive: true, force: true });
});

test('the package has closed fuses and holds what it must', () => {
  const place =
    executable === '/usr/bin/holdfast' ? path.dirname(fs.realpathSync(executable)) : path.dirname(executable);
  expect(faultsOfPackage(place, 'holdfast')).toEqual([]);
});

test('an unprivileged user creates and edits a ticket in it, sandboxed, and finds both after a restart', async () => {
  const home = path.join(folder, 'home');
  fs.mkdirSync(home);
  const first = await launchPackaged(executable, home);
  await first.page.locator('[data-ready]').waitFor();
  const renderers = rendererConfinement(first.process.pid ?? -1);
  expect(renderers.length).toBeGreaterThan(0);
  for (const renderer of renderers) {
    expect(renderer).toMatchObject({ seccomp: '2', ownUserNamespace: true });
    expect(renderer.uid).not.toBe('0');
    expect(renderer.command).not.toContain('--no-sandbox');
  }
  expect(await first.page.evaluate(() => [location.origin, typeof Reflect.get(window, 'require')])).toEqual([
    'app://bundle',
    'undefined',
  ]);

  await first.page.keyboard.press('c');
  const dialog = first.page.getByRole('dialog', { name: 'New ticket' });
  await dialog.getByLabel('Title').fill('Scanner smells of smoke');
  await dialog.getByRole('button', { name: 'Create ticket' }).click();
  await first.page.getByRole('button', { name: 'Scanner smells of smoke' }).click();
  const title = first.page.getByRole('textbox', { name: 'Title' });
  await title.fill('Scanner on floor 4 smells of smoke');
  await title.press('Enter');
  await first.page.getByRole('heading', { name: 'Scanner on floor 4 smells of smoke' }).waitFor();
  await first.page.getByRole('contentinfo', { name: 'Status' }).getByText('Saved on this device').waitFor();
  await first.close();

  const second = await launchPackaged(executable, home);
  await second.page.locator('[data-ready]').waitFor();
  await second.page.getByRole('navigation').getByText('All tickets').click();
  await second.page.getByText('Scanner on floor 4 smells of smoke').first().click();
  await second.page.getByRole('heading', { name: 'Scanner on floor 4 smells of smoke' }).waitFor();
  await second.close();
});

test('it is removed without a trace in the system', () => {
  test.skip(executable !== '/usr/bin/holdfast', 'only root installs');
  removeDeb();
  const traces = ['/opt/Holdfast', '/usr/bin/holdfast', '/usr/share/applications/holdfast.desktop'];
  expect(traces.filter((file) => fs.existsSync(file))).toEqual([]);
});
