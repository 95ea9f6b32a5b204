import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { exitWithError, projectRoot } from './project.mjs';
import { buildIfStale } from './setup/build-if-stale.mjs';

const usage = `usage: npm run build [-- --if-stale]

Builds the renderer, the main process and the preload into out/.
  --if-stale   only when a source file changed since the last build`;

/** @returns {{ help: boolean, ifStale: boolean }} */
function readArguments() {
  const { values } = parseArgs({ options: { help: { type: 'boolean' }, 'if-stale': { type: 'boolean' } } });
  return { help: values.help === true, ifStale: values['if-stale'] === true };
}

try {
  const { help, ifStale } = readArguments();
  if (help) process.stdout.write(`${usage}\n`);
  else {
    if (!ifStale) fs.rmSync(path.join(projectRoot, 'out/build-stamp'), { force: true });
    await buildIfStale();
  }
} catch (error) {
  exitWithError(error);
}
