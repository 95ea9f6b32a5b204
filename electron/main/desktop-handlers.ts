import { app, clipboard, nativeTheme, shell, type BrowserWindow } from 'electron';
import type { AppInfo } from '../../shared/desktop-api.ts';
import type { DesktopHandlers } from './answer-call.ts';
import { DesktopError } from './desktop-error.ts';
import { checkExternalLink } from './external-link.ts';
import type { EndpointHandlers } from './endpoint/endpoint-handlers.ts';
import { chooseSavePath, createFileHandlers } from './file-handlers.ts';
import type { Files } from './files.ts';
import type { FileSystem } from './journal/file-system.ts';
import type { Spaces } from './journal/spaces.ts';
import type { Log } from './log.ts';
import type { ShellSettings } from './shell-settings.ts';
import { createPrintHandlers } from './print-handlers.ts';
import { createSpaceHandlers } from './space-handlers.ts';
import type { StorageWatch } from './storage-watch.ts';
import { ownWindows } from './window.ts';

export interface HandlerSetting {
  readonly endpoint: EndpointHandlers['handlers'];
  readonly disk: FileSystem;
  readonly spaces: Spaces;
  readonly files: Files;
  readonly settings: ShellSettings;
  readonly storage: StorageWatch;
  readonly log: Log;
  readonly readAppInfo: () => Promise<AppInfo>;
  /** Ends a headless run; null outside one. */
  readonly endRun: ((report: unknown, exitCode: number) => Promise<void>) | null;
}

/** What main does for each call of the contract. */
export function createDesktopHandlers(setting: HandlerSetting): DesktopHandlers {
  const { endpoint, disk, spaces, files, settings, storage, log, readAppInfo, endRun } = setting;
  const parent = (): BrowserWindow | undefined => ownWindows()[0];
  const documents = app.getPath('documents');
  return {
    ...createSpaceHandlers(
      disk,
      spaces,
      (space) => settings.change({ space }),
      // A look that fails is made again within a second, and what it says then is logged.
      () => void storage.checkSoon().catch(() => undefined),
    ),
    ...endpoint,
    ...createFileHandlers(files, parent, documents),
    ...createPrintHandlers(files, parent, (name, kind) => chooseSavePath(parent(), documents, name, kind)),
    appInfo: readAppInfo,
    storageState: () => storage.check(),
    openExternal: async ({ url }) => {
      const checked = checkExternalLink(url);
      if (checked === null) return { opened: false };
      await shell.openExternal(checked);
      return { opened: true };
    },
    copyText: async ({ text }) => {
      // Synchronous before Electron 44, a promise since.
      await clipboard.writeText(text);
      return null;
    },
    setTheme: async ({ theme }) => {
      nativeTheme.themeSource = theme;
      settings.change({ theme });
      return null;
    },
    setZoom: async ({ percent }) => {
      settings.change({ zoomPercent: percent });
      for (const window of ownWindows()) window.webContents.setZoomFactor(percent / 100);
      return null;
    },
    reportDone: async ({ report, exitCode }) => {
      if (endRun === null) throw new DesktopError('conflict', 'reportDone: this is not a headless run');
      await endRun(report, exitCode);
      return null;
    },
    logError: async ({ message, where }) => {
      log({ level: 'error', where: `page ${where}`, message });
      return null;
    },
  };
}
