import { spawn } from 'node:child_process';
import { SetupError } from '../project.mjs';

const answerMs = 20_000;

/** True when a window could be seen by nobody: Linux without a display. */
export function lacksDisplay() {
  return process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'];
}

/**
 * Starts an Xvfb of our own on the first free display and ends it with this process.
 * @returns {Promise<{ display: string, stop: () => void }>} display as in DISPLAY, e.g. ":99"
 */
export async function startVirtualDisplay() {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1680x1050x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const stop = () => void child.kill();
  process.on('exit', stop);
  const numbers = child.stdio[3];
  const number = await new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new SetupError(`Xvfb did not answer within ${answerMs / 1_000} s.`)),
      answerMs,
    );
    const settle = (/** @type {() => void} */ then) => {
      clearTimeout(timer);
      then();
    };
    let text = '';
    numbers?.on('data', (/** @type {Buffer} */ data) => {
      text += data.toString();
      if (text.endsWith('\n')) settle(() => resolve(text.trim()));
    });
    child.once('error', (error) => settle(() => reject(new SetupError(`Xvfb could not be started: ${error.message}`))));
    child.once('exit', (code) => settle(() => reject(new SetupError(`Xvfb ended at once with code ${code}.`))));
  });
  child.unref();
  if (numbers !== null && numbers !== undefined && 'unref' in numbers && typeof numbers.unref === 'function')
    numbers.unref();
  return { display: `:${number}`, stop };
}
