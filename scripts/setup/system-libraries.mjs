import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { SetupError } from '../project.mjs';

/**
 * What a bare Debian lacks for Electron, found by trying in one: all missing shared libraries come with the first
 * four; Xvfb and fonts are needed for a window without a display.
 */
const libraryPackages = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'];

/**
 * Sees to it that the runtime can start here: installs what is missing on Debian as root, else says what is missing.
 * Nothing to do on Windows and macOS, where Electron brings all it needs.
 * @param {{ dist: string, executable: string }} runtime
 * @param {{ virtualDisplay: boolean }} needs
 */
export function ensureSystemLibraries(runtime, needs) {
  if (process.platform !== 'linux') return;
  const missing = findMissing(runtime, needs);
  if (missing.packages.length === 0) return;
  const what = missing.named.join(', ');
  const apt = fs.existsSync('/usr/bin/apt-get');
  if (apt && process.getuid?.() === 0) {
    process.stderr.write(`installing what Electron needs from the system (missing: ${what})\n`);
    install(missing.packages);
    const left = findMissing(runtime, needs);
    if (left.packages.length === 0) return;
    throw new SetupError(`After the installation these are still missing: ${left.named.join(', ')}.`);
  }
  const command = apt
    ? `sudo apt-get install --no-install-recommends ${missing.packages.join(' ')}`
    : `install what your distribution calls (Debian's names): ${missing.packages.join(' ')}`;
  throw new SetupError(`Electron cannot start here, missing: ${what}.\nTo get them: ${command}`);
}

/**
 * @param {{ dist: string, executable: string }} runtime
 * @param {{ virtualDisplay: boolean }} needs
 */
function findMissing(runtime, needs) {
  const libraries = missingLibraries(runtime);
  const named = [...libraries];
  const packages = libraries.length > 0 ? [...libraryPackages] : [];
  if (needs.virtualDisplay && findOnPath('Xvfb') === undefined) {
    named.push('Xvfb (a virtual display)');
    packages.push('xvfb', 'xauth');
  }
  if (!hasFonts()) {
    named.push('fonts');
    packages.push('fonts-liberation');
  }
  return { named, packages };
}

/**
 * Shared libraries that the loader does not find for the runtime.
 * @param {{ dist: string, executable: string }} runtime
 */
function missingLibraries({ dist, executable }) {
  const own = fs.readdirSync(dist).filter((name) => name.endsWith('.so'));
  const result = spawnSync('ldd', [executable, ...own.map((name) => path.join(dist, name))], { encoding: 'utf8' });
  if (result.error !== undefined) return [];
  const names = [...result.stdout.matchAll(/^\s*(\S+) => not found$/gm)].map((match) => match[1] ?? '');
  return [...new Set(names)].filter((name) => !own.includes(name));
}

/**
 * @param {string} program
 * @returns {string | undefined} absolute
 */
export function findOnPath(program) {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  return folders.map((folder) => path.join(folder, program)).find((file) => fs.existsSync(file));
}

/** The program brings its own type faces; without a single system font Chromium shows boxes for what they lack. */
function hasFonts() {
  return ['/usr/share/fonts', '/usr/local/share/fonts'].some(
    (folder) =>
      fs.existsSync(folder) &&
      fs.readdirSync(folder, { recursive: true }).some((name) => /\.(ttf|otf|pfb)$/.test(String(name))),
  );
}

/** @param {readonly string[]} packages */
function install(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: ['ignore', 2, 2], env });
  const named = packages.map(nameHere);
  const result = spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...named], {
    stdio: ['ignore', 'ignore', 2],
    env,
  });
  if (result.status !== 0)
    throw new SetupError(`apt-get install ${named.join(' ')} failed. Install these by hand, then start again.`);
}

/**
 * Debian 13 and Ubuntu 24.04 renamed some libraries (the 64-bit time transition).
 * @param {string} name
 */
function nameHere(name) {
  const hasCandidate = (/** @type {string} */ candidate) =>
    /^\s*Candidate: (?!\(none\))/m.test(
      spawnSync('apt-cache', ['policy', candidate], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } })
        .stdout ?? '',
    );
  return !hasCandidate(name) && hasCandidate(`${name}t64`) ? `${name}t64` : name;
}
