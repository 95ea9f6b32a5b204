import { spawn } from 'node:child_process';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** The built shell with a page of the test's own, in a folder of its own, on a profile of its own. */
export interface ShellApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** Folder of the copied program. */
  readonly root: string;
  readonly close: () => Promise<void>;
}

export interface ShellSetting {
  /** Files of the page by name; `index.html` is bare when absent. */
  readonly files?: Readonly<Record<string, string>>;
  readonly options?: Readonly<Record<string, unknown>>;
  /** Further arguments, after our own. */
  readonly argv?: readonly string[];
  readonly userData?: string;
}

const barePage =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bare</title></head><body><main>bare page</main></body></html>';

export function makeFolder(name: string): string {
  return mkdtempSync(path.join(os.tmpdir(), `holdfast-${name}-`));
}

/** Copies the built main process and preload beside a page of the test's own. */
export function prepareShell(files: Readonly<Record<string, string>> = {}): string {
  const root = makeFolder('shell');
  const built = process.env['HOLDFAST_BUILT'] ?? path.join(projectRoot, 'out');
  for (const part of ['main', 'preload'])
    cpSync(path.join(built, part), path.join(root, 'out', part), { recursive: true });
  for (const [name, text] of Object.entries({ 'index.html': barePage, ...files })) {
    const file = path.join(root, 'out/renderer', name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const about = {
    name: 'holdfast',
    productName: 'Holdfast',
    version: '0.0.0',
    type: 'module',
    main: 'out/main/main.js',
  };
  writeFileSync(path.join(root, 'package.json'), JSON.stringify(about));
  return root;
}

export function encodeOptions(options: Readonly<Record<string, unknown>>): string {
  return `--holdfast-options=${Buffer.from(JSON.stringify(options)).toString('base64url')}`;
}

export function electronExecutable(): string {
  const executable = process.env['ELECTRON_EXECUTABLE'];
  if (executable === undefined) throw new Error('ELECTRON_EXECUTABLE is not set: start the tests with `npm run e2e`');
  return executable;
}

export async function launchShell(setting: ShellSetting = {}): Promise<ShellApp> {
  const root = prepareShell(setting.files);
  const userData = setting.userData ?? makeFolder('profile');
  const app = await _electron.launch({
    executablePath: electronExecutable(),
    args: [root, encodeOptions({ userData, ...setting.options }), ...(setting.argv ?? [])],
    chromiumSandbox: process.getuid?.() !== 0,
    timeout: 120_000,
  });
  const page = await app.firstWindow();
  await page.waitForLoadState();
  return {
    app,
    page,
    userData,
    root,
    close: async () => {
      await app.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Runs the shell without Playwright until it ends by itself: headless runs, refused starts, second instances. */
export async function runShell(
  root: string,
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly output: string }> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(electronExecutable(), [...asRoot, root, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += data.toString()));
  const limit = setTimeout(() => child.kill('SIGKILL'), 90_000);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(limit);
  return { code, output };
}
