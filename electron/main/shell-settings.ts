import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { desktopInputs } from '../../shared/desktop-api.ts';
import { writeAtomically } from './journal/atomic-file.ts';
import type { FileSystem } from './journal/file-system.ts';

const rectangle = z.strictObject({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() });

/** What the shell itself remembers. Nothing of it is data of a space. */
const settingsShape = z.object({
  space: desktopInputs.journalOpen.shape.space.nullable().catch(null),
  theme: z.enum(['light', 'dark', 'system']).catch('system'),
  zoomPercent: z.int().min(50).max(200).catch(100),
  place: z.strictObject({ bounds: rectangle, maximized: z.boolean() }).nullable().catch(null),
});
export type ShellSettingsValues = Readonly<z.infer<typeof settingsShape>>;

export interface ShellSettings {
  readonly values: () => ShellSettingsValues;
  /** Takes effect at once and is written soon after; a disk that refuses costs only the memory of it. */
  readonly change: (part: Partial<ShellSettingsValues>) => void;
  /** Resolves when what was changed is on the disk. */
  readonly flush: () => Promise<void>;
}

const fileName = 'shell.json';

/** Reads the settings. Whatever is missing or makes no sense gets its default, each by itself. */
export function openShellSettings(disk: FileSystem, folder: string, failed: (error: unknown) => void): ShellSettings {
  const file = path.join(folder, fileName);
  let values: ShellSettingsValues = readSettings(file);
  let writing: Promise<void> = Promise.resolve();
  return {
    values: () => values,
    change: (part) => {
      values = { ...values, ...part };
      const bytes = Buffer.from(`${JSON.stringify(values)}\n`);
      writing = writing.then(() => writeAtomically(disk, file, bytes)).catch(failed);
    },
    flush: () => writing,
  };
}

/** Read synchronously, because the window's colour and place must be known before it is made. */
function readSettings(file: string): ShellSettingsValues {
  let stored: unknown;
  try {
    stored = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    stored = {};
  }
  const parsed = settingsShape.safeParse(stored);
  return parsed.success ? parsed.data : settingsShape.parse({});
}
