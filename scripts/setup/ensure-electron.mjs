import { findElectron } from '../runtime/electron-runtime.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';
import { lacksDisplay, startVirtualDisplay } from './virtual-display.mjs';

/**
 * Runtime, system libraries and a display, ready for a program started by this process: ELECTRON_EXECUTABLE names the
 * runtime, ELECTRON_OVERRIDE_DIST_PATH makes every other tool find the same one, DISPLAY is set.
 * @param {{ ownDisplay?: boolean }} [options] `ownDisplay` takes an Xvfb even where there is a display
 */
export async function ensureElectron(options = {}) {
  const runtime = await findElectron();
  const virtualDisplay = lacksDisplay() || (options.ownDisplay === true && process.platform === 'linux');
  ensureSystemLibraries(runtime, { virtualDisplay });
  if (virtualDisplay) {
    const { display } = await startVirtualDisplay();
    process.env['DISPLAY'] = display;
    delete process.env['WAYLAND_DISPLAY'];
  }
  process.env['ELECTRON_EXECUTABLE'] = runtime.executable;
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = runtime.dist;
  return { runtime, virtualDisplay };
}
