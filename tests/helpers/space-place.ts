import type { FileSystem } from '../../electron/main/journal/file-system.ts';
import type { Reserve } from '../../electron/main/journal/line-file.ts';
import type { SpacePlace } from '../../electron/main/journal/open-journal.ts';

export const noReserve: Reserve = { release: async () => false };

/** A space in `/p/spaces/desk` with a steady clock and counted chance. */
export function spacePlace(disk: FileSystem, more: Partial<SpacePlace> = {}): SpacePlace {
  let drawn = 0;
  return {
    disk,
    folder: '/p/spaces/desk',
    reserve: noReserve,
    machine: 'this machine',
    now: () => 1_700_000_000_000,
    random: (count) => Uint8Array.from({ length: count }, () => (drawn += 37) % 256),
    segmentBytes: 700,
    ...more,
  };
}

/** Makes the folder of the space durable, as opening a space does. */
export async function makeSpaceFolder(disk: FileSystem): Promise<void> {
  await disk.makeFolder('/p/spaces/desk');
  for (const folder of ['/', '/p', '/p/spaces']) await disk.syncFolder(folder);
}
