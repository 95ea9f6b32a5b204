import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstPackageDifference } from '../../../../scripts/setup/ensure-packages.mjs';

const locked = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/other-platform': { version: '2.0.0', optional: true },
};
let root = '';

function write(file: string, content: unknown): void {
  fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
  fs.writeFileSync(path.join(root, file), typeof content === 'string' ? content : JSON.stringify(content));
}

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'packages-'));
  write('package-lock.json', { packages: locked });
  write('node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.0.0' } } });
  write('node_modules/a/package.json', {});
});
afterEach(() => fs.rmSync(root, { recursive: true }));

describe('firstPackageDifference', () => {
  it('finds none when all is installed but what is for other platforms', () => {
    expect(firstPackageDifference(root)).toBeUndefined();
  });

  it('tells a fresh clone', () => {
    fs.rmSync(path.join(root, 'node_modules'), { recursive: true });
    expect(firstPackageDifference(root)).toBe('none are installed');
  });

  it('tells a changed version', () => {
    write('package-lock.json', { packages: { ...locked, 'node_modules/a': { version: '1.1.0' } } });
    expect(firstPackageDifference(root)).toBe('node_modules/a is 1.0.0, locked is 1.1.0');
  });

  it('tells a new package', () => {
    write('package-lock.json', { packages: { ...locked, 'node_modules/b': { version: '1.0.0' } } });
    expect(firstPackageDifference(root)).toBe('node_modules/b is missing, locked is 1.0.0');
  });

  it('tells a folder that was deleted', () => {
    fs.rmSync(path.join(root, 'node_modules/a'), { recursive: true });
    expect(firstPackageDifference(root)).toBe('node_modules/a is missing');
  });

  it('takes a half-written record for nothing installed', () => {
    write('node_modules/.package-lock.json', '{"packages":');
    expect(firstPackageDifference(root)).toBe('none are installed');
  });

  it('asks for a lock file that is missing', () => {
    fs.rmSync(path.join(root, 'package-lock.json'));
    expect(() => firstPackageDifference(root)).toThrow('package-lock.json is missing or damaged');
  });
});
