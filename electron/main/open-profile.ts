import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { OpenedFile } from '../../shared/desktop-api.ts';
import { announce } from './announce.ts';
import { Files } from './files.ts';
import { createBallast } from './journal/ballast.ts';
import { readMachineHash } from './journal/machine-id.ts';
import { nodeFileSystem as disk } from './journal/node-file-system.ts';
import { createSpaces, type Spaces } from './journal/spaces.ts';
import type { LaunchOptions } from './launch-options.ts';
import { describeError, type Log } from './log.ts';
import { openShellSettings, type ShellSettings } from './shell-settings.ts';
import { chooseCheckDelay, createStorageWatch, defaultStorageLimits, type StorageWatch } from './storage-watch.ts';

/** Everything of the program that lives on the disk, opened. */
export interface Profile {
  readonly settings: ShellSettings;
  readonly storage: StorageWatch;
  readonly spaces: Spaces;
  readonly files: Files;
  /** Space of the last run; null on the first. */
  readonly lastSpace: string | null;
  /** The file the command line named. */
  readonly importFile: OpenedFile | null;
  /** Waits for what is on its way to the disk, then gives everything up. */
  readonly close: () => Promise<void>;
}

export async function openProfile(userData: string, options: LaunchOptions, log: Log): Promise<Profile> {
  const logFailure = (where: string) => (error: unknown) =>
    log({ level: 'error', where, message: describeError(error) });
  await disk.makeFolder(userData);
  const settings = openShellSettings(disk, userData, logFailure('settings'));

  const ballast = createBallast(disk, userData);
  const takeBallast = (): void => void ballast.take().catch(logFailure('ballast'));
  takeBallast();
  const limits = options.storageLimits ?? defaultStorageLimits;
  const storage = createStorageWatch(
    () => disk.freeBytes(userData),
    limits,
    (state) => {
      announce('storageChanged', state);
      if (state.level !== 'full') takeBallast();
    },
  );
  const stopWatching = watchStorage(storage, logFailure('storage'));

  const place = { disk, reserve: ballast, machine: await readMachineHash(), now: Date.now, random: randomBytes };
  const spaces = createSpaces(path.join(userData, 'spaces'), place);
  const files = new Files(disk, randomBytes);
  return {
    settings,
    storage,
    spaces,
    files,
    lastSpace: settings.values().space,
    importFile: options.importFile === null ? null : await files.openForReading(path.resolve(options.importFile)),
    close: async () => {
      stopWatching();
      await Promise.allSettled([settings.flush(), files.closeAll(), spaces.close()]);
    },
  };
}

/** Looks at the disk now and from time to time. */
function watchStorage(storage: StorageWatch, failed: (error: unknown) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const look = async (): Promise<void> => {
    await storage.check().catch(failed);
    if (!stopped) timer = setTimeout(() => void look(), chooseCheckDelay(storage.last()?.level ?? 'ok'));
  };
  void look();
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
