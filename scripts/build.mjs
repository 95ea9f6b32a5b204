import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exitWithError, projectRoot } from './project.mjs';
import { buildEndpoint } from './setup/build-endpoint.mjs';
import { buildIfStale } from './setup/build-if-stale.mjs';
import { ensurePackages } from './setup/ensure-packages.mjs';

const usage = `usage: npm run build [-- --if-stale | --endpoint]

Builds the renderer, the main process and the preload into out/.
  --if-stale   only when a source file changed since the last build
  --endpoint   builds the endpoint instead, into one file: out/endpoint.mjs`;

/** @returns {{ help: boolean, ifStale: boolean, endpoint: boolean }} */
function readArguments() {
  const flag = /** @type {const} */ ({ type: 'boolean', default: false });
  const { values } = parseArgs({ options: { help: flag, 'if-stale': flag, endpoint: flag } });
  return { help: values.help, ifStale: values['if-stale'], endpoint: values.endpoint };
}

try {
  const { help, ifStale, endpoint } = readArguments();
  if (help) process.stdout.write(`${usage}\n`);
  else if (endpoint) {
    ensurePackages();
    await buildEndpoint();
  } else {
    if (!ifStale) fs.rmSync(path.join(projectRoot, 'out/build-stamp'), { force: true });
    await buildIfStale();
  }
} catch (error) {
  exitWithError(error);
}
