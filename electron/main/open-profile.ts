import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { OpenedFile } from '../../shared/desktop-api.ts';
import { announce } from './announce.ts';
import { Files } from './files.ts';
import { readMachineHash } from './journal/machine-id.ts';
import { nodeFileSystem as disk } from './journal/node-file-system.ts';
import { createReserves } from './journal/reserves.ts';
import { createSpaces, type Spaces } from './journal/spaces.ts';
import type { LaunchOptions } from './launch-options.ts';
import { describeError, type Log } from './log.ts';
import { openShellSettings, type ShellSettings } from './shell-settings.ts';
import { startStorageLooks } from './storage-looks.ts';
import { chooseStorageLimits, createStorageWatch, type StorageWatch } from './storage-watch.ts';

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

  const reserves = createReserves(disk, userData, () => storage.noteWriteFailed());
  const limits = options.storageLimits;
  const storage = createStorageWatch({
    now: () => performance.now(),
    space: () => disk.space(userData),
    chooseLimits: limits === null ? chooseStorageLimits : () => limits,
    changed: (state) => announce('storageChanged', state),
    looked: (state) => void reserves.follow(state).catch(logFailure('reserves')),
  });
  await storage.check().catch(logFailure('storage'));
  const stopLooking = startStorageLooks(storage, logFailure('storage'));

  const place = {
    disk,
    reserve: reserves.journal,
    machine: await readMachineHash(),
    now: Date.now,
    random: randomBytes,
  };
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
      stopLooking();
      await Promise.allSettled([settings.flush(), files.closeAll(), spaces.close()]);
    },
  };
}
