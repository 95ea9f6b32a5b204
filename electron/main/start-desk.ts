import { app, nativeTheme, powerMonitor, protocol, session } from 'electron';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { announce } from './announce.ts';
import { chooseLocale, chooseSpace, readAppInfo } from './app-info.ts';
import { appScheme, createAppResponder, listBuiltFiles } from './app-protocol.ts';
import { receiveDeepLinks, type DeepLinks } from './deep-link-events.ts';
import { createDesktopHandlers } from './desktop-handlers.ts';
import { openTransport } from './endpoint/open-transport.ts';
import { handleCalls } from './handle-calls.ts';
import { takeScreenshot, writeReport } from './headless-run.ts';
import { nodeFileSystem as disk } from './journal/node-file-system.ts';
import type { Spaces } from './journal/spaces.ts';
import type { LaunchOptions } from './launch-options.ts';
import { describeError, type Log } from './log.ts';
import { menuSections } from './menu-items.ts';
import { menuLabelsFor } from './menu-labels.ts';
import { setMenu } from './menu.ts';
import { openProfile } from './open-profile.ts';
import type { OwnAddresses } from './own-address.ts';
import { recoverPage } from './page-failure.ts';
import { describeRuntime } from './runtime-notice.ts';
import { guardSession } from './security.ts';
import { watchForStall } from './stall-watch.ts';
import { createWindow, followTheme } from './window.ts';

const builtFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Silence (ms) of a headless page that ends its run: the longest step of an import without a call takes seconds. */
const stallMs = 120_000;

export interface DeskSetting {
  readonly options: LaunchOptions;
  readonly own: OwnAddresses;
  readonly log: Log;
}

/** Starts the desk as soon as Electron is ready; a start that fails says why and ends with code 1. */
export function startDesk(setting: DeskSetting): void {
  const links = receiveDeepLinks(app, setting.options.deepLink, announce);
  app.on('window-all-closed', () => app.quit());
  void app
    .whenReady()
    .then(() => openDesk(setting, links))
    .catch((error: unknown) => {
      setting.log({ level: 'error', where: 'start', message: describeError(error) });
      process.stderr.write(`Holdfast could not start: ${describeError(error)}\n`);
      app.exit(1);
    });
}

/** Composes the program, in the order in which its parts need each other. */
async function openDesk({ options, own, log }: DeskSetting, links: DeepLinks): Promise<void> {
  const notice = describeRuntime(process.versions.electron ?? '');
  if (notice !== null) log({ level: 'warning', where: 'runtime', message: notice });

  const profile = await openProfile(app.getPath('userData'), options, log);
  nativeTheme.themeSource = profile.settings.values().theme;
  const transport = openTransport({ ...profile, disk, log });
  const end = createEnd(async () => {
    transport.close();
    await profile.close();
  });

  const giveUp = (reason: string): void => {
    log({ level: 'error', where: 'run', message: reason });
    process.stderr.write(`Holdfast ends: ${reason}. The log has the details.\n`);
    end(1);
  };
  const stall = options.headless ? watchForStall(stallMs, giveUp) : null;
  handleCalls({
    own,
    log,
    heard: (call) => stall?.noteCall(call),
    diskFull: () => profile.storage.noteWriteFailed(),
    handlers: createDesktopHandlers({
      ...profile,
      endpoint: transport.handlers,
      disk,
      log,
      readAppInfo: () => readAppInfo({ ...profile, options }),
      endRun: options.headless
        ? async (report, exitCode) => {
            stall?.stop();
            await writeReport(disk, options.report, report);
            if (exitCode !== 0) process.stderr.write('Holdfast ends: not all was done; the report says why.\n');
            // After the answer has left for the page.
            setImmediate(() => end(exitCode));
          }
        : null,
    }),
  });
  guardSession(session.defaultSession, own);
  protocol.handle(appScheme, createAppResponder(await listBuiltFiles(path.join(builtFolder, 'renderer'))));
  setMenu(menuSections, menuLabelsFor(chooseLocale(app.getPreferredSystemLanguages())), (command) =>
    announce('menuCommand', { command }),
  );
  followTheme();
  powerMonitor.on('resume', () => announce('systemResumed', null));

  const window = createWindow({
    preload: path.join(builtFolder, 'preload/preload.cjs'),
    entry: own.entry,
    settings: profile.settings,
    hidden: options.headless && options.screenshot === null,
  });
  // While the page loads: a journal is verified whole at every start. A failure is told to the page, which asks again.
  void openKnown(profile.spaces, chooseSpace({ ...profile, options })).catch(() => undefined);
  links.open(window);
  recoverPage(window.webContents, options.headless, log, giveUp);
  if (options.screenshot === null) return;
  await takeScreenshot(disk, window, path.resolve(options.screenshot));
  if (!options.keep && !options.headless) end(0);
}

/** Of a space that is not there yet there is nothing to read, and nothing is made unasked. */
async function openKnown(spaces: Spaces, space: string): Promise<void> {
  if (!(await spaces.isNew(space))) await spaces.open(space);
}

/**
 * The one way out, also when the last window closes or the system asks: what is on its way to the disk gets there.
 * @returns ends the program with a code; a second call changes nothing
 */
function createEnd(close: () => Promise<void>): (exitCode: number) => void {
  let ending = false;
  const end = (exitCode: number): void => {
    if (ending) return;
    ending = true;
    void close().finally(() => app.exit(exitCode));
  };
  app.on('will-quit', (event) => {
    event.preventDefault();
    end(0);
  });
  return end;
}
