import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { fileURLToPath } from 'node:url';
import { electronExecutable, encodeOptions } from './shell-app.ts';

const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** The product itself, built, in real Electron, on a profile of the test's own. */
export interface DeskApp {
  readonly app: ElectronApplication;
  readonly page: Page;
}

/** Opens the desk on the demo space in English and waits until it can be worked with. */
export async function openDesk(userData: string, argv: readonly string[] = []): Promise<DeskApp> {
  const app = await _electron.launch({
    executablePath: electronExecutable(),
    args: [projectRoot, encodeOptions({ userData, space: 'desk', headless: false }), '--lang=en-US', ...argv],
    timeout: 120_000,
  });
  const page = await app.firstWindow();
  await page.locator('html[data-ready]').waitFor({ timeout: 60_000 });
  return { app, page };
}
