import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { unzip } from '../../../../scripts/runtime/unzip.mjs';
import { makeZip, type ZipMember } from '../../../helpers/make-zip.ts';

let folder = '';
beforeEach(() => (folder = fs.mkdtempSync(path.join(os.tmpdir(), 'unzip-'))));
afterEach(() => fs.rmSync(folder, { recursive: true }));

async function unpack(members: readonly ZipMember[]): Promise<string> {
  const zip = path.join(folder, 'a.zip');
  fs.writeFileSync(zip, makeZip(members));
  const into = path.join(folder, 'into');
  await unzip(zip, { prefix: 'App/', skip: /^resources\//, into });
  return into;
}

describe('unzip', () => {
  it('unpacks what is below the prefix, stored or deflated, with its right to run', async () => {
    const into = await unpack([
      { name: 'App/', content: '', stored: true },
      { name: 'App/run', content: 'binary', mode: 0o100755, stored: true },
      { name: 'App/locales/de.pak', content: 'x'.repeat(10_000) },
      { name: 'App/empty', content: '', stored: true },
      { name: 'App/resources/app.asar', content: 'not ours' },
      { name: 'Other/file', content: 'elsewhere' },
    ]);
    expect(fs.readdirSync(into, { recursive: true }).map(String).toSorted()).toEqual([
      'empty',
      'locales',
      'locales/de.pak',
      'run',
    ]);
    expect(fs.readFileSync(path.join(into, 'locales/de.pak'), 'utf8')).toHaveLength(10_000);
    expect(fs.statSync(path.join(into, 'run')).mode & 0o777).toBe(0o755);
    expect(fs.statSync(path.join(into, 'locales/de.pak')).mode & 0o111).toBe(0);
  });

  it.each([
    { name: 'App/../../escaped', content: 'x' },
    { name: 'App/link', content: '/etc/passwd', mode: 0o120777 },
  ])('refuses $name', async (member) => {
    await expect(unpack([member])).rejects.toThrow(`refused entry ${member.name}`);
    expect(fs.existsSync(path.join(folder, 'escaped'))).toBe(false);
  });

  it('says so when the archive is none, or cut short', async () => {
    const zip = path.join(folder, 'b.zip');
    fs.writeFileSync(zip, 'not a zip');
    await expect(unzip(zip, { prefix: '', skip: /^$/, into: folder })).rejects.toThrow('not a ZIP archive');
    const whole = makeZip([{ name: 'a', content: 'x' }]);
    const end = whole.subarray(-22);
    fs.writeFileSync(zip, end);
    await expect(unzip(zip, { prefix: '', skip: /^$/, into: folder })).rejects.toThrow('cut short');
  });
});
