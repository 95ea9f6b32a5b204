import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/**
 * Lays the files out as they will be installed, with the rights a package manager wants: no group or other may write.
 * @param {readonly string[]} map "source=target"
 * @param {string} root
 */
export function stageFiles(map, root) {
  for (const pair of map) {
    const cut = pair.indexOf('=');
    const [source, target] = cut < 0 ? [pair, pair] : [pair.slice(0, cut), pair.slice(cut + 1)];
    const place = path.join(root, target);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.cpSync(source, place, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  }
  for (const name of listTree(root)) {
    const place = path.join(root, name);
    const stat = fs.lstatSync(place);
    if (stat.isSymbolicLink()) continue;
    fs.chmodSync(place, stat.isDirectory() || stat.mode & 0o111 ? 0o755 : 0o644);
  }
}

/**
 * Everything below `root`, sorted; folders end with a slash.
 * @param {string} root
 * @param {string} [below]
 * @returns {string[]}
 */
export function listTree(root, below = '') {
  return fs
    .readdirSync(path.join(root, below), { withFileTypes: true })
    .flatMap((entry) => {
      const name = path.join(below, entry.name);
      return entry.isDirectory() ? [`${name}/`, ...listTree(root, name)] : [name];
    })
    .toSorted();
}

/** @param {string} root */
export function treeBytes(root) {
  return listTree(root).reduce((sum, name) => sum + fs.lstatSync(path.join(root, name)).size, 0);
}

/**
 * Runs a tool of the distribution; what it prints to standard error is shown.
 * @param {string} tool
 * @param {readonly string[]} args
 * @param {string} [cwd]
 */
export function runPackager(tool, args, cwd) {
  execFileSync(tool, args, { stdio: ['ignore', 'ignore', 'inherit'], cwd });
}

/** How hard to compress, '' for the tool's usual. A test build asks for little. */
export const compressionLevel = process.env['FPM_LITE_LEVEL'] ?? '';
