import { createPackage } from '@electron/asar';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultsOfPackage } from '../../../build/check-package.mjs';

let folder = '';

function put(file: string, content: string | Buffer = ''): void {
  fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  fs.writeFileSync(path.join(folder, file), content);
}

async function pack(): Promise<void> {
  await createPackage(path.join(folder, 'app'), path.join(folder, 'package/resources/app.asar'));
}

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'package-'));
  const wire = Buffer.concat([
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, 8]),
    Buffer.from('01001100'),
  ]);
  put('package/holdfast', wire);
  put('package/resources/.keep');
  for (const file of ['package.json', 'out/main/main.js', 'out/preload/preload.cjs', 'out/renderer/index.html'])
    put(`app/${file}`, '{}');
  await pack();
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

describe('faultsOfPackage', () => {
  const faults = (): readonly string[] => faultsOfPackage(path.join(folder, 'package'), 'holdfast');

  it('finds none in a package as it must be', () => {
    expect(faults()).toEqual([]);
  });

  it.each([
    ['app/out/main/main.js.map', 'app.asar holds /out/main/main.js.map'],
    ['app/node_modules/x/package.json', 'app.asar holds /node_modules/x/package.json'],
    ['app/shared/a.ts', 'app.asar holds /shared/a.ts'],
    ['package/resources/default_app.asar', 'the package holds resources/default_app.asar'],
    ['package/resources/app/main.js', 'the package holds resources/app'],
  ])('finds %s', async (file, fault) => {
    put(file);
    await pack();
    expect(faults()).toContain(fault);
  });

  it('finds what is missing', async () => {
    fs.rmSync(path.join(folder, 'app/out/preload'), { recursive: true });
    await pack();
    expect(faults()).toEqual(['app.asar lacks /out/preload/preload.cjs']);
  });
});
