import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const manifests = ['package.json', 'package-lock.json'];

/**
 * Installs what is compared with, by its own lock file, below node_modules/.cache: nothing of it is part of the project.
 * @returns the folder with the packages, or why there is none
 */
export function installPeers(root: string, folder: string): { readonly folder: string } | { readonly missing: string } {
  const source = path.join(root, 'tests/bench/peers');
  const isCurrent =
    existsSync(path.join(folder, 'node_modules/.package-lock.json')) &&
    manifests.every((name) => sameFile(path.join(source, name), path.join(folder, name)));
  if (isCurrent) return { folder };
  mkdirSync(folder, { recursive: true });
  for (const name of manifests) copyFileSync(path.join(source, name), path.join(folder, name));
  process.stderr.write('installing the peers of the benchmarks\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error } = spawnSync(npm, args, {
    cwd: folder,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status === 0) return { folder };
  return {
    missing: `npm ci of the peers failed (${error?.message ?? `code ${String(status)}`}): RxDB, PouchDB and SQLite were left out`,
  };
}

function sameFile(left: string, right: string): boolean {
  return existsSync(right) && readFileSync(left).equals(readFileSync(right));
}
