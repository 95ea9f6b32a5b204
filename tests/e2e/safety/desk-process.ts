import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { electronExecutable, encodeOptions } from '../../helpers/shell-app.ts';
import { connectPage, type PageClient } from './page-client.ts';

const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

/** The built program, as a person has it open. */
export interface RunningDesk {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly client: PageClient;
  readonly userData: string;
  readonly kill: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export interface DeskOptions {
  readonly userData: string;
  readonly importFile?: string;
  readonly storageLimits?: { readonly low: number; readonly full: number };
}

export const spaceName = 'safety';

function argumentsFor(options: DeskOptions, language: string): string[] {
  return [projectRoot, encodeOptions({ space: spaceName, headless: false, ...options }), `--lang=${language}`];
}

/** Opens the desk and waits until rows, or the words for their absence, are painted. */
export async function openDesk(options: DeskOptions, language = 'en-US'): Promise<RunningDesk> {
  const { userData } = options;
  const app = await _electron.launch({
    executablePath: electronExecutable(),
    args: argumentsFor(options, language),
    timeout: 120_000,
  });
  const page = await app.firstWindow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.locator('html[data-ready]').waitFor({ timeout: 60_000 });
  const client = await connectPage(page);
  return { app, page, client, userData, kill: () => killGroup(app.process().pid, userData), close: () => app.close() };
}

/** Starts the desk without a debugger and kills it after a time (ms): mostly before it is ready. */
export async function startAndKill(options: DeskOptions, afterMs: number): Promise<void> {
  const child = spawn(electronExecutable(), [...asRoot, ...argumentsFor(options, 'en-US')], {
    detached: true,
    stdio: 'ignore',
  });
  await wait(afterMs);
  await killGroup(child.pid, options.userData);
}

/** SIGKILL to the whole process group at once, and then nothing of this profile may be running. */
async function killGroup(pid: number | undefined, userData: string): Promise<void> {
  if (pid === undefined) throw new Error('the desk has no process');
  process.kill(-pid, 'SIGKILL');
  for (let look = 0; processesOf(userData).length > 0; look += 1) {
    if (look === 400) throw new Error(`still running after SIGKILL: ${processesOf(userData).join(', ')}`);
    await wait(25);
  }
}

/** Processes whose command line names the profile, other than the dead that nobody has collected. */
function processesOf(userData: string): readonly string[] {
  const encoded = encodeOptions({ space: spaceName, headless: false, userData }).slice(0, -4);
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return false;
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8');
      return command.includes(userData) || command.includes(encoded);
    } catch {
      return false;
    }
  });
}
