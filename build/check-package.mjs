import { listPackage } from '@electron/asar';
import fs from 'node:fs';
import path from 'node:path';
import { openFuses, readFuses } from './fuse-wire.mjs';

const neededInArchive = ['/package.json', '/out/main/main.js', '/out/preload/preload.cjs', '/out/renderer/index.html'];

/**
 * What is wrong with an unpacked package: open fuses, missing or superfluous content.
 * @param {string} folder e.g. release/linux-unpacked
 * @param {string} executableName
 * @returns {string[]} in words; empty when all is well
 */
export function faultsOfPackage(folder, executableName) {
  const faults = openFuses(readFuses(path.join(folder, executableName)));
  const archive = path.join(folder, 'resources/app.asar');
  if (!fs.existsSync(archive)) return [...faults, `${archive} is missing`];
  const content = listPackage(archive, { isPack: false }).map((name) => name.replaceAll('\\', '/'));
  for (const name of neededInArchive) if (!content.includes(name)) faults.push(`app.asar lacks ${name}`);
  for (const name of content) if (isSuperfluous(name)) faults.push(`app.asar holds ${name}`);
  for (const name of ['resources/default_app.asar', 'resources/app', 'version', '.complete']) {
    if (fs.existsSync(path.join(folder, name))) faults.push(`the package holds ${name}`);
  }
  return faults;
}

/** @param {string} name */
function isSuperfluous(name) {
  return (
    name.endsWith('.map') ||
    name.endsWith('.ts') ||
    name.startsWith('/node_modules') ||
    !/^\/(out|package\.json)(\/|$)/.test(name)
  );
}
