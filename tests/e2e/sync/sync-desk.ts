import { _electron, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ConflictList, RefusedOperation, SyncState } from '../../../renderer/data/sync-api.ts';
import { electronExecutable, encodeOptions } from '../../helpers/shell-app.ts';
import { connectPage, type PageClient } from '../safety/page-client.ts';

const projectRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** The program as a person at a desk has it open, with what a test of the exchange asks of it. */
export interface SyncDesk {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly client: PageClient;
  readonly enrol: (url: string, code: string) => Promise<void>;
  /** Runs a command; answers with the ids it touched. */
  readonly command: (name: string, input: unknown) => Promise<readonly string[]>;
  readonly state: () => Promise<SyncState>;
  readonly conflicts: () => Promise<ConflictList>;
  readonly refused: () => Promise<readonly RefusedOperation[]>;
  readonly digest: () => Promise<string>;
  readonly until: (what: string, isSo: (state: SyncState) => boolean | Promise<boolean>) => Promise<void>;
}

export async function openSyncDesk(
  userData: string,
  begin: 'demo' | 'empty',
  argv: readonly string[] = [],
): Promise<SyncDesk> {
  const options = encodeOptions({ userData, space: 'desk', headless: false, empty: begin === 'empty' });
  const app = await _electron.launch({
    executablePath: electronExecutable(),
    args: [projectRoot, options, '--lang=en-US', ...argv],
    timeout: 120_000,
  });
  const page = await app.firstWindow();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.locator('html[data-ready]').waitFor({ timeout: 60_000 });
  const client = await connectPage(page);
  const state = async (): Promise<SyncState> => (await client.call('query', { type: 'sync' })) as SyncState;
  return {
    app,
    page,
    client,
    state,
    enrol: async (url, code) => {
      const outcome = await client.call('endpointEnrol', { url, code, deviceName: 'a desk of the test' });
      if (!outcome.ok) throw new Error(`enrolment: ${JSON.stringify(outcome.failure)}`);
    },
    command: async (name, input) => {
      const outcome = await client.call('command', { name, input });
      if (!outcome.ok) throw new Error(`${name} was refused: ${JSON.stringify(outcome.failure)}`);
      return outcome.value.ids;
    },
    conflicts: async () => (await client.call('query', { type: 'conflicts', offset: 0, limit: 20 })) as ConflictList,
    refused: async () => (await client.call('query', { type: 'refused' })) as readonly RefusedOperation[],
    digest: async () => (await client.call('contentDigest', { entity: null })).digest,
    until: async (what, isSo) => {
      for (let look = 0; !(await isSo(await state())); look += 1) {
        if (look > 300) throw new Error(`never ${what}: ${JSON.stringify(await state())}`);
        await wait(200);
      }
    },
  };
}

export function isQuiet({ phase, waiting, problem }: SyncState): boolean {
  return phase === 'idle' && waiting === 0 && problem === null;
}

/** Waits until nothing moves any more and both hold the same. */
export async function converge(first: SyncDesk, second: SyncDesk): Promise<void> {
  for (const desk of [first, second]) await desk.until('quiet', isQuiet);
  await second.until('equal to the other', async () => (await first.digest()) === (await second.digest()));
  for (const desk of [first, second]) await desk.until('quiet', isQuiet);
}

/** Opens a part of the sync centre as a person does. */
export async function showSyncView(page: Page, view: 'overview' | 'conflicts' | 'refused'): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press(view === 'conflicts' ? 'v' : 's');
  if (view === 'refused') await page.getByRole('tab', { name: 'Not accepted' }).click();
}

/** The values of the conflict that is open for review. */
export function valuesToChoose(page: Page): Locator {
  return page.getByRole('region', { name: 'Values to choose from' });
}
