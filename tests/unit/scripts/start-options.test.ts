import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readStartOptions } from '../../../scripts/start-options.mjs';

let folder = '';

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'start-options-'));
  fs.writeFileSync(path.join(folder, 'log.csv'), 'a,b\n');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('readStartOptions', () => {
  it('opens the last space in a window when nothing is said', () => {
    expect(readStartOptions([], folder)).toEqual({
      help: false,
      keep: false,
      space: null,
      empty: false,
      importFile: null,
      userData: null,
      headless: false,
      report: null,
    });
  });

  it('takes relative paths from the folder it was called in', () => {
    const args = [
      '--space',
      'desk-2',
      '--empty',
      '--import',
      'log.csv',
      '--user-data',
      'new',
      '--headless',
      '--report',
      'out.json',
    ];
    expect(readStartOptions(args, folder)).toMatchObject({
      empty: true,
      space: 'desk-2',
      importFile: path.join(folder, 'log.csv'),
      userData: path.join(folder, 'new'),
      headless: true,
      report: path.join(folder, 'out.json'),
    });
  });

  it.each([
    [['--improt', 'log.csv'], "Unknown option '--improt'"],
    [['log.csv'], "Unexpected argument 'log.csv'"],
    [['--space'], '--space'],
    [['--space', 'My Desk'], '--space "My Desk": expected 1 to 40 of a-z, 0-9 and -'],
    [['--space', ''], '--space "": expected'],
    [['--space', '../x'], '--space "../x": expected'],
    [['--import', 'absent.csv'], 'there is no such file'],
    [['--import', '.'], 'expected a CSV file (also .csv.gz), but this is a folder'],
    [['--user-data', 'log.csv'], 'expected a folder, but this is a file'],
    [['--report', 'out.json'], '--report needs --headless'],
    [['--headless', '--report', 'absent/out.json'], 'there is no folder'],
    [['--headless', '--report', '.'], 'expected a file, but this is a folder'],
    [['--headless', '--keep'], 'exclude each other'],
  ])('refuses %j and says what was expected', (args, message) => {
    expect(() => readStartOptions(args, folder)).toThrow(message);
  });

  it('shows the help whatever else is said', () => {
    expect(readStartOptions(['--help', '--import', 'absent.csv'], folder).help).toBe(true);
  });
});
