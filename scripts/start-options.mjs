import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError } from './project.mjs';

export const usage = `usage: npm start [-- OPTIONS]

Opens the desk. The first time it installs and builds what is missing.

  --space NAME      open this space, made when new (1 to 40 of a-z, 0-9 and -)
  --empty           begin a new space empty instead of with the demo, to join an endpoint
  --import FILE     import a CSV file (also .csv.gz) into the space
  --user-data DIR   keep everything in this folder instead of the profile of the user
  --headless        no window: import, write the report, end
  --report FILE     with --headless: write counts, refusals and the digest of the space there, as JSON
  --keep            without a display: go on after the screenshot, until Ctrl C
  --help            this text`;

/**
 * @typedef {object} StartOptions
 * @property {boolean} help
 * @property {boolean} keep
 * @property {string | null} space
 * @property {boolean} empty
 * @property {string | null} importFile absolute
 * @property {string | null} userData absolute
 * @property {boolean} headless
 * @property {string | null} report absolute
 */

/**
 * Reads the command line strictly: an unknown option or a missing file is an error that says what was expected.
 * @param {readonly string[]} args
 * @param {string} folder relative paths are taken from here
 * @returns {StartOptions}
 */
export function readStartOptions(args, folder) {
  const values = parse(args);
  const absolute = (/** @type {string | undefined} */ file) => (file === undefined ? null : path.resolve(folder, file));
  const options = {
    help: values.help === true,
    keep: values.keep === true,
    space: values.space ?? null,
    empty: values.empty === true,
    importFile: absolute(values.import),
    userData: absolute(values['user-data']),
    headless: values.headless === true,
    report: absolute(values.report),
  };
  if (!options.help) check(options);
  return options;
}

/** @param {readonly string[]} args */
function parse(args) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: false,
      options: {
        help: { type: 'boolean', short: 'h' },
        keep: { type: 'boolean' },
        space: { type: 'string' },
        empty: { type: 'boolean' },
        import: { type: 'string' },
        'user-data': { type: 'string' },
        headless: { type: 'boolean' },
        report: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new SetupError(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  }
}

/** @param {StartOptions} options */
function check({ space, importFile, userData, headless, report, keep }) {
  if (space !== null && !/^[a-z0-9][a-z0-9-]{0,39}$/.test(space)) {
    throw new SetupError(`--space ${JSON.stringify(space)}: expected 1 to 40 of a-z, 0-9 and -, not beginning with -.`);
  }
  if (importFile !== null) checkReadable(importFile);
  if (userData !== null && kindOf(userData) === 'file') {
    throw new SetupError(`--user-data ${userData}: expected a folder, but this is a file.`);
  }
  if (keep && headless) {
    throw new SetupError('--keep and --headless exclude each other: without a window there is nothing to keep open.');
  }
  if (report !== null) checkReport(report, headless);
}

/**
 * @param {string} report
 * @param {boolean} headless
 */
function checkReport(report, headless) {
  if (!headless) {
    throw new SetupError('--report needs --headless: a report is written at the end of a run without a window.');
  }
  const folder = path.dirname(report);
  if (kindOf(folder) !== 'folder') throw new SetupError(`--report ${report}: there is no folder ${folder}.`);
  if (kindOf(report) === 'folder') throw new SetupError(`--report ${report}: expected a file, but this is a folder.`);
}

/**
 * @param {string} place
 * @returns {'file' | 'folder' | 'absent'}
 */
function kindOf(place) {
  const stat = fs.statSync(place, { throwIfNoEntry: false });
  return stat === undefined ? 'absent' : stat.isDirectory() ? 'folder' : 'file';
}

/** @param {string} file */
function checkReadable(file) {
  const kind = kindOf(file);
  if (kind === 'absent') throw new SetupError(`--import ${file}: there is no such file.`);
  if (kind === 'folder')
    throw new SetupError(`--import ${file}: expected a CSV file (also .csv.gz), but this is a folder.`);
  try {
    fs.accessSync(file, fs.constants.R_OK);
  } catch {
    throw new SetupError(`--import ${file}: the file may not be read by this user.`);
  }
}
