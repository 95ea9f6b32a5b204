import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { projectRoot, SetupError } from '../project.mjs';

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockedPackage */

/** Installs the npm packages by the lock file when some are missing or of another version. Imports no package. */
export function ensurePackages() {
  const difference = firstPackageDifference(projectRoot);
  if (difference === undefined) return;
  process.stderr.write(`installing npm packages by package-lock.json (${difference})\n`);
  if (runNpm(['ci'])) {
    const left = firstPackageDifference(projectRoot);
    if (left === undefined) return;
    throw new SetupError(`npm installed other packages than package-lock.json names: ${left}`);
  }
  throw new SetupError('npm could not install the packages. Check that npm reaches its registry, then start again.');
}

/** @param {readonly string[]} command @returns {boolean} */
function runNpm(command) {
  const result = spawnSync(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    [...command, '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: projectRoot, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' },
  );
  return result.status === 0;
}

/**
 * Compares the lock file with npm's own record of what it installed, and with what is on the disk.
 * @param {string} root project folder
 * @returns {string | undefined} the first difference, in words
 */
export function firstPackageDifference(root) {
  const locked = readPackages(path.join(root, 'package-lock.json'));
  if (locked === undefined) {
    throw new SetupError('package-lock.json is missing or damaged. Restore it from version control.');
  }
  const installed = readPackages(path.join(root, 'node_modules/.package-lock.json'));
  if (installed === undefined) return 'none are installed';
  for (const [place, wanted] of Object.entries(locked)) {
    const difference = place === '' ? undefined : compare(root, place, wanted, installed[place]);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

/**
 * @param {string} root
 * @param {string} place e.g. node_modules/vite
 * @param {LockedPackage} wanted
 * @param {LockedPackage | undefined} found
 */
function compare(root, place, wanted, found) {
  // Packages for other platforms are locked but not installed.
  if (found === undefined && (wanted.optional === true || wanted.devOptional === true)) return undefined;
  if (found?.version !== wanted.version)
    return `${place} is ${found?.version ?? 'missing'}, locked is ${wanted.version}`;
  return fs.existsSync(path.join(root, place, 'package.json')) ? undefined : `${place} is missing`;
}

/**
 * @param {string} file
 * @returns {Readonly<Record<string, LockedPackage>> | undefined}
 */
function readPackages(file) {
  if (!fs.existsSync(file)) return undefined;
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8')).packages;
  } catch {
    // A half-written record of npm's counts as nothing installed; a damaged lock file is reported by the caller.
    return undefined;
  }
}
