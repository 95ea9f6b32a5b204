import fs from 'node:fs';
import path from 'node:path';

/**
 * electron-builder takes a runtime folder as it stands: what only development needs is left out of the package.
 * @param {{ appOutDir: string }} context
 */
export default async function removeDevelopmentFiles({ appOutDir }) {
  for (const name of ['resources/default_app.asar', 'version', '.complete']) {
    fs.rmSync(path.join(appOutDir, name), { force: true });
  }
}
