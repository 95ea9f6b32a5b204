import { findElectron } from '../runtime/electron-runtime.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';
import { lacksDisplay, startVirtualDisplay } from './virtual-display.mjs';

/**
 * Runtime, system libraries and a display, ready for a program started by this process: ELECTRON_EXECUTABLE names the
 * runtime, ELECTRON_OVERRIDE_DIST_PATH makes every other tool find the same one, DISPLAY is set.
 * @param {{ ownDisplays?: number }} [options] `ownDisplays` takes that many Xvfb even where there is a display, so that
 *   as many desks each have the focus of their own screen; DISPLAY is the first
 * @returns the runtime and the displays started here, e.g. [":99"]
 */
export async function ensureElectron(options = {}) {
  const runtime = await findElectron();
  const virtualDisplay = lacksDisplay() || (options.ownDisplays !== undefined && process.platform === 'linux');
  ensureSystemLibraries(runtime, { virtualDisplay });
  const displays = [];
  if (virtualDisplay) {
    while (displays.length < (options.ownDisplays ?? 1)) displays.push((await startVirtualDisplay()).display);
    process.env['DISPLAY'] = displays[0];
    delete process.env['WAYLAND_DISPLAY'];
  }
  process.env['ELECTRON_EXECUTABLE'] = runtime.executable;
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = runtime.dist;
  return { runtime, virtualDisplay, displays };
}
