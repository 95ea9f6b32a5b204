import { createServer } from 'vite';
import path from 'node:path';
import { rendererConfig } from '../build/vite-builds.mjs';
import { exitWithError, projectRoot } from './project.mjs';

// The renderer alone, in a plain browser, with hot reload: renderer/desktop hands out its stand-in for the shell.
try {
  const server = await createServer(rendererConfig(projectRoot, path.join(projectRoot, 'out/renderer')));
  await server.listen();
  process.stdout.write(`Holdfast with the stand-in shell: ${server.resolvedUrls?.local[0] ?? 'no address'}\n`);
} catch (error) {
  exitWithError(error);
}
