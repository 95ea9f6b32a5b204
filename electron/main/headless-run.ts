import type { BrowserWindow } from 'electron';
import { setTimeout as wait } from 'node:timers/promises';
import { writeAtomically } from './journal/atomic-file.ts';
import type { FileSystem } from './journal/file-system.ts';

/** Writes the report of a headless run where the command line said, else to standard output. */
export async function writeReport(disk: FileSystem, file: string | null, report: unknown): Promise<void> {
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (file === null) process.stdout.write(text);
  else await writeAtomically(disk, file, Buffer.from(text));
}

const pollMs = 100;
/** After the page says it is ready, its fonts and its first frames still need a moment. */
const settleMs = 400;

/** Writes a picture of the window once an element of the page carries `data-ready` and none `data-importing`. */
export async function takeScreenshot(disk: FileSystem, window: BrowserWindow, file: string): Promise<void> {
  const isReady = `document.querySelector('[data-ready]') !== null && document.querySelector('[data-importing]') === null`;
  while (!window.isDestroyed() && (await window.webContents.executeJavaScript(isReady)) !== true) await wait(pollMs);
  if (window.isDestroyed()) return;
  await wait(settleMs);
  const picture = await window.webContents.capturePage();
  await writeAtomically(disk, file, picture.toPNG());
}
