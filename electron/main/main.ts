import { app, protocol } from 'electron';
import { startDesk } from './start-desk.ts';
import { appSchemePrivileges } from './app-protocol.ts';
import { readLaunchOptions } from './launch-options.ts';
import { describeOwnAddresses } from './own-address.ts';
import { chooseProfile } from './profile.ts';
import { guardApplication } from './security.ts';
import { createLog } from './log.ts';
import path from 'node:path';

// All of this must happen before the application is ready; the rest is in start-desk.ts.
const options = readLaunchOptions(process.argv);
if (!options.ok) {
  process.stderr.write(`${options.failure}\n`);
  app.exit(2);
} else {
  const profile = chooseProfile(options.value.userData, process.platform, process.env, process.cwd());
  if (profile !== null && !app.commandLine.hasSwitch('user-data-dir')) app.setPath('userData', profile);
  // Chromium refuses to sandbox a process of root; --no-sandbox is how such a run is asked for.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // The data worker has a process with no window of its own: Chromium takes it for a background page and keeps
  // collecting its garbage, which doubles the cost of an import.
  app.commandLine.appendSwitch('disable-renderer-backgrounding');
  protocol.registerSchemesAsPrivileged([appSchemePrivileges]);

  const devServer = app.isPackaged ? null : (process.env['HOLDFAST_DEV_SERVER'] ?? null);
  const own = describeOwnAddresses(devServer);
  const log = createLog(path.join(app.getPath('userData'), 'logs'), Date.now);
  guardApplication(app, own, log);

  if (app.requestSingleInstanceLock()) startDesk({ options: options.value, own, log });
  else if (options.value.headless) {
    process.stderr.write(
      'Holdfast is running already with this profile: close it, or name another with --user-data.\n',
    );
    app.exit(1);
  } else {
    process.stderr.write('Holdfast is running already with this profile: its window was brought to the front.\n');
    app.quit();
  }
}
