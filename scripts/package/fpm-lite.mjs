#!/usr/bin/env node
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildDeb } from './build-deb.mjs';
import { buildPacman } from './build-pacman.mjs';
import { buildRpm } from './build-rpm.mjs';
import { readPackageRequest } from './package-request.mjs';
import { stageFiles } from './stage-files.mjs';

// The part of fpm's command line that electron-builder uses (-s dir -t deb, rpm or pacman), on top of the tools of the
// distributions: fpm itself is in neither npm nor apt, and is otherwise downloaded. Used through CUSTOM_FPM_PATH.

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'fpm-lite-'));
try {
  const request = readPackageRequest(process.argv.slice(2));
  const root = path.join(work, 'root');
  stageFiles(request.map, root);
  fs.rmSync(request.file, { force: true });
  if (request.target === 'deb') buildDeb(request, root);
  else if (request.target === 'rpm') buildRpm(request, root, work);
  else buildPacman(request, root);
} catch (error) {
  process.stderr.write(`fpm-lite: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
