import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project folder: every script works from here, wherever it was called. */
export const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** What these scripts keep between runs. `npm ci` empties it, which only costs time. */
export const cacheDir = path.join(projectRoot, 'node_modules/.cache/holdfast');

/** A failure a person can act on: printed as it stands, without a stack. */
export class SetupError extends Error {}

/**
 * Prints a failure and ends the process: the message alone when a person can act on it, the stack when it is a bug.
 * @param {unknown} error
 * @returns {never}
 */
export function exitWithError(error) {
  const text =
    error instanceof SetupError
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

/**
 * Path, size and time of every file below the given places, as one hash: equal when nothing was touched.
 * @param {readonly string[]} places files or folders relative to the project
 */
export function fingerprint(places) {
  const hash = createHash('sha256');
  for (const place of places) addTo(hash, path.join(projectRoot, place));
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} file
 */
function addTo(hash, file) {
  const stat = fs.statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) hash.update(`${file} is absent\n`);
  else if (stat.isDirectory()) for (const name of fs.readdirSync(file).sort()) addTo(hash, path.join(file, name));
  else hash.update(`${file} ${stat.size} ${stat.mtimeMs}\n`);
}
