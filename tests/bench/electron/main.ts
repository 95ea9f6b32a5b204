import { app, nativeTheme, protocol } from 'electron';
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import {
  appScheme,
  appSchemePrivileges,
  createAppResponder,
  listBuiltFiles,
} from '../../../electron/main/app-protocol.ts';
import { createDesktopHandlers } from '../../../electron/main/desktop-handlers.ts';
import { openTransport } from '../../../electron/main/endpoint/open-transport.ts';
import { Files } from '../../../electron/main/files.ts';
import { handleCalls } from '../../../electron/main/handle-calls.ts';
import { createReserves } from '../../../electron/main/journal/reserves.ts';
import { readMachineHash } from '../../../electron/main/journal/machine-id.ts';
import { nodeFileSystem as disk } from '../../../electron/main/journal/node-file-system.ts';
import { createSpaces } from '../../../electron/main/journal/spaces.ts';
import { describeOwnAddresses } from '../../../electron/main/own-address.ts';
import { openShellSettings } from '../../../electron/main/shell-settings.ts';
import { chooseStorageLimits, createStorageWatch } from '../../../electron/main/storage-watch.ts';
import { createWindow } from '../../../electron/main/window.ts';
import { processSetting } from '../job.ts';
import type { ProcessResult } from '../job.ts';
import { profilePage } from './profile-page.ts';
import { readFolderMb, readRendererMb, readUsage, usageBetween } from './process-usage.ts';

/**
 * Shell of the benchmarks: the product's own journal, handlers, protocol and window around pages that hold one
 * contender each. It runs one job, writes the result to a file and ends.
 */
const setting = processSetting.parse(JSON.parse(process.env['HOLDFAST_BENCH'] ?? 'null'));
const settleMs = 300;

app.setPath('userData', setting.profile);
// As the product: the data worker has a process of its own, which Chromium would otherwise keep in the background.
app.commandLine.appendSwitch('disable-renderer-backgrounding');
app.commandLine.appendSwitch('js-flags', '--expose-gc --max-old-space-size=8192');
protocol.registerSchemesAsPrivileged([appSchemePrivileges]);

const usages = { begin: readUsage(), end: readUsage() };

function log(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Pages say when the timed part begins and ends: what is made before and after is nobody's cost. */
function createResponder(respond: (request: Request) => Promise<Response>): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/mark/begin') usages.begin = readUsage();
    else if (pathname === '/mark/end') usages.end = readUsage();
    else {
      const response = await respond(request);
      // WebAssembly needs more than the product's policy allows.
      response.headers.delete('Content-Security-Policy');
      return response;
    }
    return new Response('');
  };
}

async function start(): Promise<void> {
  const userData = app.getPath('userData');
  await disk.makeFolder(userData);
  nativeTheme.themeSource = 'light';
  const settings = openShellSettings(disk, userData, (error) => {
    log(String(error));
  });
  const reserves = createReserves(disk, userData, () => undefined);
  const storage = createStorageWatch({
    now: () => performance.now(),
    space: () => disk.space(userData),
    chooseLimits: chooseStorageLimits,
    changed: () => undefined,
  });
  const spaces = createSpaces(path.join(userData, 'spaces'), {
    disk,
    reserve: reserves.journal,
    machine: await readMachineHash(),
    now: Date.now,
    random: randomBytes,
  });
  const own = describeOwnAddresses(null);
  handleCalls({
    own,
    log: ({ level, where, message }) => {
      log(`${level} ${where}: ${message}`);
    },
    diskFull: () => {
      log('the disk is full');
    },
    handlers: createDesktopHandlers({
      endpoint: openTransport({ disk, spaces, log: ({ message }) => log(message) }).handlers,
      disk,
      spaces,
      settings,
      storage,
      files: new Files(disk, randomBytes),
      log: ({ where, message }) => {
        log(`${where}: ${message}`);
      },
      readAppInfo: () => Promise.reject(new Error('the benchmarks have no desk')),
      endRun: null,
    }),
  });
  protocol.handle(appScheme, createResponder(createAppResponder(await listBuiltFiles(setting.pages))));
  const window = createWindow({ preload: setting.preload, entry: own.entry, settings, hidden: false });
  // The typed form came with Electron 35; before, the message is the third argument.
  window.webContents.on('console-message', (details, _level, message) => {
    log(`page: ${message || details.message}`);
  });
  await new Promise<void>((resolve) => {
    window.webContents.once('did-finish-load', () => {
      resolve();
    });
  });

  const script = `runJob(${JSON.stringify(setting.job)})`;
  const run = (): Promise<unknown> => window.webContents.executeJavaScript(script, true);
  const outcome = await (
    setting.cpuProfile === null ? run() : profilePage(window.webContents, setting.cpuProfile, run)
  ).then(
    (answer: unknown) => ({ answer, error: null }),
    (error: unknown) => ({
      answer: null,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }),
  );
  await wait(settleMs);
  const result: ProcessResult = {
    ...outcome,
    usage: usageBetween(usages.begin, usages.end),
    rendererMb: readRendererMb(),
    diskMb:
      readFolderMb(path.join(userData, 'IndexedDB')) +
      readFolderMb(path.join(userData, 'File System')) +
      readFolderMb(path.join(userData, 'spaces')),
    versions: { electron: process.versions.electron, chromium: process.versions.chrome },
  };
  writeFileSync(setting.resultFile, JSON.stringify(result));
  await spaces.close();
  app.exit(0);
}

app.on('render-process-gone', (_event, _contents, details) => {
  log(`the page ended: ${details.reason}`);
  app.exit(4);
});
app
  .whenReady()
  .then(start)
  .catch((error: unknown) => {
    log(String(error instanceof Error ? error.stack : error));
    app.exit(3);
  });
