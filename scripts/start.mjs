import { exitWithError } from './project.mjs';
import { endApp, launchApp, screenshotPath, waitForScreenshot } from './launch-app.mjs';
import { ensurePackages } from './setup/ensure-packages.mjs';
import { readStartOptions, usage } from './start-options.mjs';

// Must run on a fresh clone: nothing imported above may need an npm package; the rest is imported once they are there.

const shownMs = 120_000;
const shownAfterImportMs = 900_000;

try {
  const folder =
    process.env['npm_lifecycle_event'] === 'start' ? (process.env['INIT_CWD'] ?? process.cwd()) : process.cwd();
  const options = readStartOptions(process.argv.slice(2), folder);
  if (options.help) process.stdout.write(`${usage}\n`);
  else process.exitCode = await start(options);
} catch (error) {
  exitWithError(error);
}

/**
 * @param {import('./start-options.mjs').StartOptions} options
 * @returns {Promise<number>} the program's exit code
 */
async function start(options) {
  ensurePackages();
  const { ensureElectron } = await import('./setup/ensure-electron.mjs');
  const { buildIfStale } = await import('./setup/build-if-stale.mjs');
  const { runtime, virtualDisplay } = await ensureElectron();
  await buildIfStale();
  process.stderr.write(
    `Electron ${runtime.version} (${runtime.from === 'npm-borne' ? 'npm-borne, for development and tests only' : runtime.from})\n`,
  );
  const screenshot = virtualDisplay && !options.headless ? screenshotPath() : null;
  if (virtualDisplay) process.stderr.write(`no display: running under Xvfb on ${process.env['DISPLAY']}\n`);
  const { child, ended } = launchApp(runtime.executable, options, screenshot);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill('SIGTERM'));
  if (screenshot === null) return await ended;
  try {
    await waitForScreenshot(screenshot, ended, options.importFile === null ? shownMs : shownAfterImportMs);
  } catch (error) {
    await endApp(child, ended);
    throw error;
  }
  process.stdout.write(`screenshot: ${screenshot}\n`);
  if (options.keep) return await ended;
  await endApp(child, ended);
  return 0;
}
