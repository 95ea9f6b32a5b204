import path from 'node:path';
import type { DesktopInput } from '../../../shared/desktop-api.ts';
import { asideFolder } from './aside-journals.ts';
import { isFromOtherMachine, mintDevice, readDevice, writeDevice, type Device } from './device.ts';
import type { FileSystem } from './file-system.ts';
import { emptyIndex, type JournalIndex } from './journal-index.ts';
import { indexJournal, Journal } from './journal.ts';
import type { Reserve } from './line-file.ts';

export type JournalRestart = DesktopInput<'journalRestart'>['as'];

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
  if (begin) await putAside(place, index.device);
  if (device !== known) await writeDevice(disk, folder, device);
  return journalAt(place, device.device, begin ? emptyIndex() : index);
}

/**
 * Puts a journal aside whole and begins an empty one: for the same device when its lines are to be written again from
 * the database, for a new one when numbers were used for operations that are lost or differ (the database or the
 * journal was rolled back): two operations must never share a dot.
 */
export async function restartJournal(place: SpacePlace, old: Journal, as: JournalRestart): Promise<Journal> {
  await old.close();
  const { device: was } = old.state;
  if (as === 'same-device') {
    await putAside(place, was);
    return journalAt(place, was, emptyIndex());
  }
  const device = mintDevice(place.machine, place.now(), place.random);
  // First the id: a crash before the old segments are gone finds segments of another device, and puts them aside.
  await writeDevice(place.disk, place.folder, device);
  await putAside(place, was);
  return journalAt(place, device.device, emptyIndex());
}

function journalAt(place: SpacePlace, device: string, index: JournalIndex): Journal {
  const { disk, folder, reserve, segmentBytes } = place;
  return new Journal({ disk, folder: path.join(folder, 'journal'), reserve, segmentBytes }, device, index);
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

async function putAside({ disk, folder, now }: SpacePlace, device: string | null): Promise<void> {
  const journalFolder = path.join(folder, 'journal');
  if ((await disk.list(journalFolder)).length === 0) return;
  const others = asideFolder(folder);
  await disk.makeFolder(others);
  const taken = await disk.list(others);
  const name = device ?? 'unknown';
  const free = taken.includes(name) ? `${name}-${now()}` : name;
  await disk.rename(journalFolder, path.join(others, free));
  await disk.makeFolder(journalFolder);
  await disk.syncFolder(others);
  await disk.syncFolder(folder);
}
