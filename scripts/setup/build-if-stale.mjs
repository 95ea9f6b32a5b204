import fs from 'node:fs';
import path from 'node:path';
import { fingerprint, projectRoot } from '../project.mjs';

const sources = [
  'shared',
  'electron',
  'renderer',
  'server',
  'build/vite-builds.mjs',
  'package.json',
  'package-lock.json',
];
const outDir = path.join(projectRoot, 'out');
const stampFile = path.join(outDir, 'build-stamp');

/** Builds when a source changed since the last build. Packages must be installed before the call. */
export async function buildIfStale() {
  const now = fingerprint(sources);
  if (fs.existsSync(stampFile) && fs.readFileSync(stampFile, 'utf8') === now) return;
  const began = Date.now();
  const { buildAll } = await import('../../build/vite-builds.mjs');
  await buildAll(projectRoot, outDir);
  fs.writeFileSync(stampFile, now);
  process.stderr.write(`built out/ in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}
