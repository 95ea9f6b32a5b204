import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitWithError, projectRoot, SetupError } from '../project.mjs';
import { npmBorneRuntime } from './npm-borne-runtime.mjs';
import { tryOfficialDownload } from './official-download.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} dist folder that holds the executable
 * @property {string} executable absolute
 * @property {'override' | 'node_modules' | 'npm-borne'} from
 * @property {string} version of Electron, or 'unknown'
 */

const executableInDist =
  process.platform === 'win32'
    ? 'electron.exe'
    : process.platform === 'darwin'
      ? 'Electron.app/Contents/MacOS/Electron'
      : 'electron';

/**
 * Finds an Electron (docs/decisions/0005-runtime-order.md). Packages must be installed before the call.
 * @returns {Promise<ElectronRuntime>}
 */
export async function findElectron() {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return describe(path.resolve(override), 'override');
  const packageFolder = path.dirname(
    createRequire(path.join(projectRoot, 'package.json')).resolve('electron/package.json'),
  );
  const official = path.join(packageFolder, 'dist');
  const cacheRoot = path.join(process.env['XDG_CACHE_HOME'] || path.join(os.homedir(), '.cache'), 'holdfast');
  const hasOfficial = () => fs.existsSync(path.join(official, executableInDist));
  if (!hasOfficial()) await tryOfficialDownload(packageFolder, cacheRoot, log);
  if (hasOfficial()) return describe(official, 'node_modules');
  const borne = await npmBorneRuntime(cacheRoot, log);
  if (borne !== undefined) return describe(borne, 'npm-borne');
  throw new SetupError(
    `No Electron for ${process.platform} ${process.arch} within reach. Either let this machine reach Electron's downloads, ` +
      'or set ELECTRON_MIRROR to a mirror it reaches, or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron.',
  );
}

/**
 * @param {string} dist
 * @param {ElectronRuntime['from']} from
 * @returns {ElectronRuntime}
 */
function describe(dist, from) {
  const executable = path.join(dist, executableInDist);
  if (!fs.existsSync(executable)) {
    throw new SetupError(
      `ELECTRON_OVERRIDE_DIST_PATH is ${dist}, but there is no ${executableInDist} in it. Expected the folder of an unpacked Electron.`,
    );
  }
  const versionFile = path.join(dist, 'version');
  const version = fs.existsSync(versionFile)
    ? fs.readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : 'unknown';
  return { dist, executable, from, version };
}

/** @param {string} line */
function log(line) {
  process.stderr.write(`${line}\n`);
}

if (process.argv[1] !== undefined && fs.realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${JSON.stringify(await findElectron())}\n`);
  } catch (error) {
    exitWithError(error);
  }
}
