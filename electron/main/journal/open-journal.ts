import path from 'node:path';
import { isFromOtherMachine, mintDevice, readDevice, writeDevice, type Device } from './device.ts';
import type { FileSystem } from './file-system.ts';
import { emptyIndex, type JournalIndex } from './journal-index.ts';
import { indexJournal, Journal } from './journal.ts';
import type { Reserve } from './line-file.ts';

export interface SpacePlace {
  readonly disk: FileSystem;
  /** Folder of the space in the profile. */
  readonly folder: string;
  readonly reserve: Reserve;
  /** Hash of this machine; null when the system tells none. */
  readonly machine: string | null;
  readonly now: () => number;
  readonly random: (count: number) => Uint8Array;
  /** Length (bytes) at which the journal begins a new segment; tests make it small. */
  readonly segmentBytes?: number;
}

/**
 * Opens the journal of a space, or begins it. A journal made on another machine is put aside whole under its device's
 * name, and this machine begins its own: two machines must never number operations under one device.
 */
export async function openJournal(place: SpacePlace): Promise<Journal> {
  const { disk, folder } = place;
  const journalFolder = path.join(folder, 'journal');
  await disk.makeFolder(journalFolder);
  await disk.syncFolder(folder);
  const known = await readDevice(disk, folder);
  const index = await indexJournal({ disk, folder: journalFolder });
  const { device, begin } = chooseDevice(place, known, index);
  if (begin) await putAside(place, journalFolder, index);
  if (device !== known) await writeDevice(disk, folder, device);
  return new Journal(
    { disk, folder: journalFolder, reserve: place.reserve, segmentBytes: place.segmentBytes },
    device.device,
    begin ? emptyIndex() : index,
  );
}

/** @returns `begin`: whether the segments found belong to somebody else */
function chooseDevice(
  place: SpacePlace,
  known: Device | null,
  index: JournalIndex,
): { readonly device: Device; readonly begin: boolean } {
  const { machine, random } = place;
  const now = place.now();
  if (known === null) {
    // The segments name their device too: losing the small file must not cost the identity.
    if (index.device !== null) return { device: { device: index.device, machine, mintedAt: now }, begin: false };
    return { device: mintDevice(machine, now, random), begin: index.segments.length > 0 };
  }
  if (isFromOtherMachine(known, machine)) return { device: mintDevice(machine, now, random), begin: true };
  return { device: known, begin: index.device !== null && index.device !== known.device };
}

async function putAside(place: SpacePlace, journalFolder: string, index: JournalIndex): Promise<void> {
  if (index.segments.length === 0) return;
  const { disk, folder } = place;
  const others = path.join(folder, 'other-devices');
  await disk.makeFolder(others);
  const taken = await disk.list(others);
  const name = index.device ?? 'unknown';
  const free = taken.includes(name) ? `${name}-${place.now()}` : name;
  await disk.rename(journalFolder, path.join(others, free));
  await disk.makeFolder(journalFolder);
  await disk.syncFolder(others);
  await disk.syncFolder(folder);
}
