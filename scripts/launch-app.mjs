import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot, SetupError } from './project.mjs';

/** Chromium looks for services a bare machine does not run; these lines say nothing about the program. */
const noise =
  /(bus\.cc|object_proxy\.cc|gpu_process_host|viz_main_impl|gl_surface|command_buffer_proxy|Exiting GPU process)/;
const noSandbox = /setuid_sandbox_host|No usable sandbox/;
const sandboxHint = `This system does not let an ordinary user make the namespaces of Chromium's sandbox. Any one of these helps:
  allow it (Ubuntu): sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0
  allow it (Debian): sudo sysctl kernel.unprivileged_userns_clone=1
  give the sandbox helper named above to root: sudo chown root FILE && sudo chmod 4755 FILE
`;
const pngEnd = Buffer.from('IEND');

/**
 * Starts the program in Electron.
 * @param {string} executable
 * @param {import('./start-options.mjs').StartOptions} options
 * @param {string | null} screenshot absolute; main writes it once the page has rows
 */
export function launchApp(executable, options, screenshot) {
  const { space, empty, importFile, userData, headless, report, keep } = options;
  const handed = Buffer.from(
    JSON.stringify({ space, empty, importFile, userData, headless, report, screenshot, keep }),
  ).toString('base64url');
  const asRoot = process.getuid?.() === 0;
  if (asRoot)
    process.stderr.write(
      'running as root: Chromium cannot sandbox its processes, so it is started with --no-sandbox\n',
    );
  const args = [...(asRoot ? ['--no-sandbox'] : []), projectRoot, `--holdfast-options=${handed}`];
  const child = spawn(executable, args, { stdio: ['ignore', 'inherit', 'pipe'] });
  let rest = '';
  child.stderr.on('data', (/** @type {Buffer} */ data) => {
    const lines = (rest + data.toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines)
      if (!noise.test(line)) process.stderr.write(`${line}\n${noSandbox.test(line) ? sandboxHint : ''}`);
  });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.once('error', (error) => reject(new SetupError(`Electron could not be started: ${error.message}`)));
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGTERM' || signal === 'SIGINT' ? 0 : 1)));
  });
  return { child, ended };
}

/**
 * Waits for the picture of the desk.
 * @param {string} file
 * @param {Promise<number>} ended
 * @param {number} limitMs
 */
export async function waitForScreenshot(file, ended, limitMs) {
  let exitCode = /** @type {number | undefined} */ (undefined);
  void ended.then(
    (code) => (exitCode = code),
    () => (exitCode = 1),
  );
  for (const until = Date.now() + limitMs; Date.now() < until; await sleep(100)) {
    if (isWholePng(file)) return;
    if (exitCode !== undefined)
      throw new SetupError(`Holdfast ended with code ${exitCode} before the desk was shown. Its log is above.`);
  }
  throw new SetupError(`The desk did not show its rows within ${limitMs / 1_000} s. Its log is above.`);
}

/** @param {string} file */
function isWholePng(file) {
  return fs.existsSync(file) && fs.readFileSync(file).subarray(-8).includes(pngEnd);
}

/**
 * Asks the program to end, and makes it after ten seconds.
 * @param {import('node:child_process').ChildProcess} child
 * @param {Promise<number>} ended
 */
export async function endApp(child, ended) {
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended.catch(() => undefined);
  clearTimeout(killer);
}

/** Where the picture goes when nobody can see the window. */
export function screenshotPath() {
  const folder = path.join(projectRoot, 'screenshots');
  fs.mkdirSync(folder, { recursive: true });
  return path.join(folder, `desk-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.png`);
}
