import path from 'node:path';
import { z } from 'zod';
import { deviceIdPattern, mintDeviceId } from '../../../shared/sync/device-id.ts';
import { writeAtomically } from './atomic-file.ts';
import type { FileSystem } from './file-system.ts';

/** Who this installation is in a space. Minted once: every operation carries it. */
export interface Device {
  /** 10 characters of Crockford base32. */
  readonly device: string;
  /** Hash of the machine it was minted on; null when the system told none. */
  readonly machine: string | null;
  /** Wall time in ms. */
  readonly mintedAt: number;
}

const deviceShape = z.strictObject({
  device: z.string().regex(deviceIdPattern),
  machine: z.string().nullable(),
  mintedAt: z.int(),
});

export function mintDevice(machine: string | null, now: number, random: (count: number) => Uint8Array): Device {
  return { device: mintDeviceId(random(8)), machine, mintedAt: now };
}

/** @returns null when there is none, or none that can be read */
export async function readDevice(disk: FileSystem, folder: string): Promise<Device | null> {
  const bytes = await disk.readFile(deviceFile(folder));
  if (bytes === null) return null;
  try {
    return deviceShape.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return null;
  }
}

export async function writeDevice(disk: FileSystem, folder: string, device: Device): Promise<void> {
  await writeAtomically(disk, deviceFile(folder), Buffer.from(`${JSON.stringify(device)}\n`));
}

/** True when the profile has moved to another machine; false when that cannot be told. */
export function isFromOtherMachine(device: Device, machine: string | null): boolean {
  return device.machine !== null && machine !== null && device.machine !== machine;
}

function deviceFile(folder: string): string {
  return path.join(folder, 'device.json');
}
