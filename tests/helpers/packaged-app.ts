import { chromium, type Browser, type Page } from '@playwright/test';
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const nobody = 65_534;

export interface PackagedApp {
  readonly page: Page;
  readonly process: ChildProcess;
  /** Asks the program to end, as a session that ends does, and waits for it. */
  readonly close: () => Promise<void>;
}

/** Makes the deb with the runtime found here; beside it lies linux-unpacked. Returns the deb. */
export function makeDeb(output: string): string {
  execFileSync(
    process.execPath,
    [path.join(projectRoot, 'scripts/package.mjs'), '--targets', 'deb', '--output', output],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const name = fs.readdirSync(output).find((file) => file.endsWith('.deb'));
  if (name === undefined) throw new Error(`no deb in ${output}`);
  return path.join(output, name);
}

/** Installing needs root, and must never replace a Holdfast that somebody uses here. */
export function mayInstall(): boolean {
  if (process.getuid?.() !== 0 || spawnSync('dpkg', ['--version']).error !== undefined) return false;
  return !fs.existsSync('/usr/bin/holdfast');
}

/** Installs with what it depends on. */
export function installDeb(file: string): void {
  const install = () =>
    spawnSync('apt-get', ['install', '-y', '--no-install-recommends', file], {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  if (install().status === 0) return;
  spawnSync('apt-get', ['update']);
  const { status, stderr } = install();
  if (status !== 0) throw new Error(`apt-get install ${file} failed:\n${stderr}`);
}

export function removeDeb(): void {
  execFileSync('dpkg', ['--purge', 'holdfast'], { stdio: 'ignore' });
}

/**
 * Starts a package as it is shipped and drives it over its debugging port: with closed fuses there is no other way. Root
 * becomes an unprivileged user, so that Chromium's sandbox is on.
 */
export async function launchPackaged(executable: string, home: string): Promise<PackagedApp> {
  const asUser = process.getuid?.() === 0 ? { uid: nobody, gid: nobody } : {};
  if (asUser.uid !== undefined) fs.chownSync(home, asUser.uid, asUser.gid);
  const child = spawn(executable, ['--remote-debugging-port=0'], {
    ...asUser,
    cwd: home,
    env: {
      PATH: process.env['PATH'],
      DISPLAY: process.env['DISPLAY'],
      HOME: home,
      XDG_CONFIG_HOME: path.join(home, 'config'),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const browser = await chromium.connectOverCDP(await debuggerAddress(child));
  const page = await firstPage(browser);
  const close = async (): Promise<void> => {
    await browser.close();
    child.kill('SIGTERM');
    await ended;
  };
  return { page, process: child, close };
}

function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stderr?.on('data', (data: Buffer) => {
      text += data.toString();
      const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the program ended with code ${code}:\n${text}`)));
  });
}

async function firstPage(browser: Browser): Promise<Page> {
  const context = browser.contexts()[0];
  if (context === undefined) throw new Error('the program shows no browser context');
  return context.pages()[0] ?? (await context.waitForEvent('page'));
}

/** How the kernel holds the renderers of a program: the command line and what /proc says of each. */
export function rendererConfinement(parent: number): readonly {
  readonly command: string;
  readonly seccomp: string;
  readonly ownUserNamespace: boolean;
  readonly uid: string;
}[] {
  const own = fs.readlinkSync('/proc/self/ns/user');
  return descendants(parent).flatMap((pid) => {
    const command = fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    if (!command.includes('--type=renderer')) return [];
    const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
    return [
      {
        command,
        seccomp: /^Seccomp:\s+(\d)/m.exec(status)?.[1] ?? '',
        uid: /^Uid:\s+(\d+)/m.exec(status)?.[1] ?? '',
        ownUserNamespace: fs.readlinkSync(`/proc/${pid}/ns/user`) !== own,
      },
    ];
  });
}

function descendants(parent: number): readonly number[] {
  const children = fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => parentOf(name) === parent)
    .map(Number);
  return children.flatMap((pid) => [pid, ...descendants(pid)]);
}

function parentOf(pid: string): number {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    // The process ended while it was looked at.
    return -1;
  }
}
