import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPackageRequest } from '../../../../scripts/package/package-request.mjs';

const program = path.resolve(import.meta.dirname, '../../../../scripts/package/fpm-lite.mjs');
const hasTool = (name: string): boolean => spawnSync(name, ['--version']).error === undefined;
let folder = '';

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fpm-'));
  fs.mkdirSync(path.join(folder, 'app'));
  fs.writeFileSync(path.join(folder, 'app/desk'), '#!/bin/sh\n', { mode: 0o777 });
  fs.writeFileSync(path.join(folder, 'app/read me.txt'), '100 %\n', { mode: 0o666 });
  fs.writeFileSync(path.join(folder, 'after.sh'), '#!/bin/bash\necho "100%"\n');
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

function request(target: string, ...more: readonly string[]): readonly string[] {
  return [
    '-s',
    'dir',
    '--force',
    '-t',
    target,
    '--architecture',
    'x86_64',
    '--name',
    'desk',
    '--version',
    '1.2.3',
    '--after-install',
    path.join(folder, 'after.sh'),
    '--description',
    'A desk\n With a drawer',
    '--maintainer',
    'Desk <desk@localhost>',
    '--license',
    'Apache-2.0',
    '--vendor',
    'Desk',
    '--url',
    'https://desk.invalid/',
    '-d',
    target === 'deb' ? 'libgtk-3-0 | libgtk-3-0t64' : 'gtk3',
    '-d',
    'libnss3',
    '--package',
    path.join(folder, `desk.${target}`),
    ...more,
    `${path.join(folder, 'app')}/=/opt/Desk`,
  ];
}

describe('readPackageRequest', () => {
  it('reads what electron-builder asks of fpm', () => {
    expect(readPackageRequest(request('deb', '--deb-compression=zst', '--deb-recommends', 'libnotify4'))).toMatchObject(
      {
        target: 'deb',
        architecture: 'amd64',
        summary: 'A desk',
        description: ['With a drawer'],
        depends: ['libgtk-3-0 | libgtk-3-0t64', 'libnss3'],
        recommends: ['libnotify4'],
        compression: 'zst',
        afterInstall: '#!/bin/bash\necho "100%"\n',
        afterRemove: '',
        map: [`${path.join(folder, 'app')}/=/opt/Desk`],
      },
    );
  });

  it.each([
    [['-s', 'dir', '-t', 'snap'], '-t snap: expected deb, rpm or pacman'],
    [['-s', 'gem', '-t', 'deb'], '-s gem: expected dir'],
    [['-s', 'dir', '-t', 'deb', '--package', 'x'], '--name is missing'],
  ])('refuses %j', (args, message) => {
    expect(() => readPackageRequest(args)).toThrow(message);
  });
});

describe('fpm-lite', () => {
  const build = (target: string, ...more: readonly string[]): string => {
    execFileSync(process.execPath, [program, ...request(target, ...more)]);
    return path.join(folder, `desk.${target}`);
  };

  it.runIf(hasTool('dpkg-deb'))('builds a deb', () => {
    const file = build('deb', '--deb-compression', 'gz');
    expect(
      execFileSync('dpkg-deb', ['-f', file, 'Package', 'Version', 'Architecture', 'Depends'], { encoding: 'utf8' }),
    ).toBe('Package: desk\nVersion: 1.2.3\nArchitecture: amd64\nDepends: libgtk-3-0 | libgtk-3-0t64, libnss3\n');
    const content = execFileSync('dpkg-deb', ['-c', file], { encoding: 'utf8' });
    expect(content).toMatch(/-rwxr-xr-x root\/root .* \.\/opt\/Desk\/desk\n/);
    expect(content).toMatch(/-rw-r--r-- root\/root .* \.\/opt\/Desk\/read me\.txt\n/);
    expect(execFileSync('dpkg-deb', ['-I', file, 'postinst'], { encoding: 'utf8' })).toBe('#!/bin/bash\necho "100%"\n');
  });

  it.runIf(hasTool('rpmbuild'))('builds an rpm', () => {
    const file = build('rpm', '--rpm-compression', 'gzip');
    const query = (...args: readonly string[]): string =>
      execFileSync('rpm', ['-qp', ...args, file], { encoding: 'utf8' });
    expect(query('--queryformat', '%{NAME} %{VERSION} %{ARCH} %{SUMMARY}')).toBe('desk 1.2.3 x86_64 A desk');
    expect(query('--list').trim().split('\n')).toEqual(['/opt/Desk', '/opt/Desk/desk', '/opt/Desk/read me.txt']);
    expect(query('--scripts')).toContain('echo "100%"');
  });

  it.runIf(hasTool('bsdtar'))('builds a pacman package', () => {
    const file = build('pacman', '--pacman-compression', 'gzip');
    const names = execFileSync('bsdtar', ['-tf', file], { encoding: 'utf8' }).trim().split('\n');
    expect(names).toEqual([
      '.MTREE',
      '.PKGINFO',
      '.INSTALL',
      'opt/',
      'opt/Desk/',
      'opt/Desk/desk',
      'opt/Desk/read me.txt',
    ]);
    expect(execFileSync('bsdtar', ['-xOf', file, '.PKGINFO'], { encoding: 'utf8' })).toContain('pkgver = 1.2.3-1\n');
  });

  it('says what is wrong, and leaves no package', () => {
    const { status, stderr } = spawnSync(
      process.execPath,
      [program, ...request('deb').filter((arg) => arg !== 'dir')],
      { encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^fpm-lite: /);
    expect(fs.existsSync(path.join(folder, 'desk.deb'))).toBe(false);
  });
});
