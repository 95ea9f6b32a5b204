import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createLog } from '../../../../electron/main/log.ts';
import { nodeFileSystem } from '../../../../electron/main/journal/node-file-system.ts';
import { chooseProfile } from '../../../../electron/main/profile.ts';
import { describeRuntime } from '../../../../electron/main/runtime-notice.ts';
import { openShellSettings } from '../../../../electron/main/shell-settings.ts';
import { choosePlace, defaultSize } from '../../../../electron/main/window-place.ts';

const newFolder = (): string => mkdtempSync(path.join(os.tmpdir(), 'holdfast-memory-'));
const neverFails = (error: unknown): void => {
  throw error;
};

describe('what the shell remembers', () => {
  test('is there at the next start', async () => {
    const folder = newFolder();
    const settings = openShellSettings(nodeFileSystem, folder, neverFails);
    expect(settings.values()).toEqual({ space: null, theme: 'system', zoomPercent: 100, place: null });
    settings.change({ theme: 'dark' });
    settings.change({ space: 'desk', zoomPercent: 120 });
    await settings.flush();
    const again = openShellSettings(nodeFileSystem, folder, neverFails);
    expect(again.values()).toEqual({ space: 'desk', theme: 'dark', zoomPercent: 120, place: null });
  });

  test.each(['', '{"theme":', '[]', 'null', '"x"'])('%j counts as nothing', (text) => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'shell.json'), text);
    expect(openShellSettings(nodeFileSystem, folder, neverFails).values().theme).toBe('system');
  });

  test('each senseless value gets its default, the others stay', () => {
    const folder = newFolder();
    const text = JSON.stringify({ space: '../x', theme: 'dark', zoomPercent: 7, place: { bounds: 1 }, more: true });
    writeFileSync(path.join(folder, 'shell.json'), text);
    const values = openShellSettings(nodeFileSystem, folder, neverFails).values();
    expect(values).toEqual({ space: null, theme: 'dark', zoomPercent: 100, place: null });
  });

  test('a disk that refuses is reported, not thrown', async () => {
    const failures: unknown[] = [];
    const settings = openShellSettings(nodeFileSystem, path.join(newFolder(), 'missing'), (error) =>
      failures.push(error),
    );
    settings.change({ theme: 'dark' });
    await settings.flush();
    expect(failures).toHaveLength(1);
    expect(settings.values().theme).toBe('dark');
  });
});

describe('the place of the window', () => {
  const screens = [
    { x: 0, y: 0, width: 1920, height: 1040 },
    { x: 1920, y: 0, width: 1920, height: 1040 },
  ];
  const at = (x: number, y: number, width = 1200, height = 800) => ({
    bounds: { x, y, width, height },
    maximized: false,
  });

  test.each([
    ['on the first screen', at(10, 10), true],
    ['on the second', at(2_500, 100), true],
    ['partly off, its bar within reach', at(-1_000, 30), true],
    ['off to the left', at(-1_190, 30), false],
    ['on a screen that is gone', at(5_000, 100), false],
    ['above the screen, its bar out of reach', at(100, -300), false],
    ['below', at(100, 1_030), false],
    ['too small to be meant', at(10, 10, 100, 50), false],
  ])('%s', (_name, remembered, kept) => {
    expect(choosePlace(remembered, screens).bounds).toEqual(kept ? remembered.bounds : defaultSize);
  });

  test('a maximized one stays so', () => {
    expect(choosePlace({ ...at(9_000, 0), maximized: true }, screens)).toEqual({
      bounds: defaultSize,
      maximized: true,
    });
    expect(choosePlace(null, screens)).toEqual({ bounds: defaultSize, maximized: false });
  });
});

describe('the profile', () => {
  test('is under the local profile on Windows, which does not roam', () => {
    const environment = { LOCALAPPDATA: 'C:\\Users\\p\\AppData\\Local', APPDATA: 'C:\\Users\\p\\AppData\\Roaming' };
    expect(chooseProfile(null, 'win32', environment, '/w')).toBe(path.join('C:\\Users\\p\\AppData\\Local', 'Holdfast'));
    expect(chooseProfile(null, 'linux', environment, '/w')).toBeNull();
    expect(chooseProfile(null, 'win32', {}, '/w')).toBeNull();
  });

  test('is where the command line says', () => {
    expect(chooseProfile('there', 'win32', { LOCALAPPDATA: 'C:\\L' }, '/w')).toBe('/w/there');
    expect(chooseProfile('/abs', 'linux', {}, '/w')).toBe('/abs');
  });
});

test('any runtime but the release one is told apart', () => {
  expect(describeRuntime('45.4.1')).toBeNull();
  for (const version of ['33.2.1', '44.0.0', '46.0.0', '4.5', ''])
    expect(describeRuntime(version)).toContain('releases use Electron 45');
});

describe('the log', () => {
  test('is lines of JSON, one an entry, whatever is in it', () => {
    const folder = newFolder();
    const log = createLog(folder, () => 0);
    log({ level: 'error', where: 'journal', message: 'two\nlines "quoted"' });
    log({ level: 'info', where: 'start', message: 'x' });
    const lines = readFileSync(path.join(folder, 'holdfast.log'), 'utf8').trimEnd().split('\n');
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      { at: '1970-01-01T00:00:00.000Z', level: 'error', where: 'journal', message: 'two\nlines "quoted"' },
      { at: '1970-01-01T00:00:00.000Z', level: 'info', where: 'start', message: 'x' },
    ]);
  });

  test('is rotated, and never more than three files', () => {
    const folder = newFolder();
    const log = createLog(folder, () => 0);
    for (let n = 0; n < 80; n += 1) log({ level: 'info', where: 'x', message: 'y'.repeat(100_000) });
    expect(readdirSync(folder)).toEqual(['holdfast.log', 'holdfast.log.1', 'holdfast.log.2']);
  });
});
