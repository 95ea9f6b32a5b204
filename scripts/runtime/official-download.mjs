import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const defaultHost = 'https://github.com/';
const reachMs = 4_000;
const downloadMs = 300_000;
const rememberedMs = 24 * 60 * 60 * 1_000;

/**
 * Lets the `electron` package download its own binary. A host that does not answer costs four seconds at most, and a
 * failure is remembered for a day, so that starting the program off line does not wait each time.
 * @param {string} packageFolder node_modules/electron
 * @param {string} cacheRoot
 * @param {(line: string) => void} log
 */
export async function tryOfficialDownload(packageFolder, cacheRoot, log) {
  const host = process.env['ELECTRON_MIRROR'] || process.env['npm_config_electron_mirror'] || defaultHost;
  const note = path.join(cacheRoot, 'electron-download-failed');
  if (failedLately(note, host)) return;
  const failure = (await isReachable(host)) ? download(packageFolder) : `${new URL(host).host} is out of reach`;
  if (failure === undefined) return fs.rmSync(note, { force: true });
  fs.mkdirSync(cacheRoot, { recursive: true });
  fs.writeFileSync(note, host);
  log(`official Electron download skipped: ${failure}; tried again in a day, or at once without ${note}`);
}

/**
 * @param {string} note
 * @param {string} host
 */
function failedLately(note, host) {
  const stat = fs.statSync(note, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs < rememberedMs && fs.readFileSync(note, 'utf8') === host;
}

/**
 * @param {string} packageFolder
 * @returns {string | undefined} why it failed
 */
function download(packageFolder) {
  const result = spawnSync(process.execPath, [path.join(packageFolder, 'install.js')], {
    stdio: ['ignore', 2, 2],
    timeout: downloadMs,
  });
  if (result.status === 0) return undefined;
  return result.error === undefined ? `the download ended with code ${result.status}` : result.error.message;
}

/**
 * @param {string} url
 * @returns {Promise<boolean>}
 */
function isReachable(url) {
  const { hostname, port, protocol } = new URL(url);
  return new Promise((resolve) => {
    const socket = net.connect({ host: hostname, port: Number(port || (protocol === 'http:' ? 80 : 443)) });
    const end = (/** @type {boolean} */ answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(reachMs, () => end(false));
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
  });
}
