import { app, nativeTheme, powerMonitor, protocol, session } from 'electron';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { announce } from './announce.ts';
import { readAppInfo } from './app-info.ts';
import { appScheme, createAppResponder, listBuiltFiles } from './app-protocol.ts';
import { receiveDeepLinks } from './deep-link-events.ts';
import { createDesktopHandlers } from './desktop-handlers.ts';
import { Files } from './files.ts';
import { handleCalls } from './handle-calls.ts';
import { takeScreenshot, writeReport } from './headless-run.ts';
import { createBallast } from './journal/ballast.ts';
import { readMachineHash } from './journal/machine-id.ts';
import { nodeFileSystem as disk } from './journal/node-file-system.ts';
import { createSpaces } from './journal/spaces.ts';
import type { LaunchOptions } from './launch-options.ts';
import { describeError, type Log } from './log.ts';
import { menuSections } from './menu-items.ts';
import { setMenu } from './menu.ts';
import type { OwnAddresses } from './own-address.ts';
import { describeRuntime } from './runtime-notice.ts';
import { guardSession } from './security.ts';
import { openShellSettings } from './shell-settings.ts';
import { createStorageWatch, defaultStorageLimits, storageCheckMs } from './storage-watch.ts';
import { createWindow, followTheme } from './window.ts';

const builtFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

export interface DeskSetting {
  readonly options: LaunchOptions;
  readonly own: OwnAddresses;
  readonly log: Log;
}

/** Composes the program, in the order in which its parts need each other. */
export function startDesk({ options, own, log }: DeskSetting): void {
  const logFailure = (where: string) => (error: unknown) =>
    log({ level: 'error', where, message: describeError(error) });
  const links = receiveDeepLinks(app, options.deepLink, announce);
  app.on('window-all-closed', () => app.quit());

  void app
    .whenReady()
    .then(async () => {
      const notice = describeRuntime(process.versions.electron ?? '');
      if (notice !== null) log({ level: 'warning', where: 'runtime', message: notice });

      const userData = app.getPath('userData');
      await disk.makeFolder(userData);
      const settings = openShellSettings(disk, userData, logFailure('settings'));
      nativeTheme.themeSource = settings.values().theme;
      const ballast = createBallast(disk, userData);
      const storage = createStorageWatch(
        () => disk.freeBytes(userData),
        options.storageLimits ?? defaultStorageLimits,
        (state) => {
          announce('storageChanged', state);
          if (state.level !== 'full') void ballast.take().catch(logFailure('ballast'));
        },
      );
      const place = { disk, reserve: ballast, machine: await readMachineHash(), now: Date.now, random: randomBytes };
      const spaces = createSpaces(path.join(userData, 'spaces'), place);
      const files = new Files(disk, randomBytes);
      const lastSpace = settings.values().space;
      const importFile =
        options.importFile === null ? null : await files.openForReading(path.resolve(options.importFile));

      const end = async (exitCode: number): Promise<void> => {
        await Promise.allSettled([settings.flush(), files.closeAll(), spaces.close()]);
        app.exit(exitCode);
      };
      handleCalls({
        own,
        log,
        diskFull: () => storage.noteWriteFailed(),
        handlers: createDesktopHandlers({
          disk,
          spaces,
          files,
          settings,
          storage,
          log,
          readAppInfo: () => readAppInfo({ options, lastSpace, spaces, importFile }),
          endRun: options.headless
            ? async (report, exitCode) => {
                await writeReport(disk, options.report, report);
                // After the answer has left for the page.
                setImmediate(() => void end(exitCode));
              }
            : null,
        }),
      });
      guardSession(session.defaultSession, own);
      protocol.handle(appScheme, createAppResponder(await listBuiltFiles(path.join(builtFolder, 'renderer'))));
      setMenu(menuSections, (command) => announce('menuCommand', { command }));
      followTheme();
      powerMonitor.on('resume', () => announce('systemResumed', null));

      const window = createWindow({
        preload: path.join(builtFolder, 'preload/preload.cjs'),
        entry: own.entry,
        settings,
        hidden: options.headless && options.screenshot === null,
      });
      links.open(window);
      void storage.check().catch(logFailure('storage'));
      setInterval(() => void storage.check().catch(logFailure('storage')), storageCheckMs);
      if (options.screenshot !== null) {
        await takeScreenshot(disk, window, path.resolve(options.screenshot));
        if (!options.keep && !options.headless) await end(0);
      }
    })
    .catch((error: unknown) => {
      logFailure('start')(error);
      process.stderr.write(`Holdfast could not start: ${describeError(error)}\n`);
      app.exit(1);
    });
}
