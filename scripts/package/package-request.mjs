import fs from 'node:fs';

/**
 * @typedef {object} PackageRequest
 * @property {'deb' | 'rpm' | 'pacman'} target
 * @property {string} file where the package goes
 * @property {string} name
 * @property {string} version
 * @property {string} iteration '' when not given
 * @property {string} architecture in the words of the target
 * @property {string} summary one line
 * @property {readonly string[]} description the lines after it
 * @property {string} maintainer
 * @property {string} license
 * @property {string} url
 * @property {string} vendor
 * @property {string} category
 * @property {string} compression as given, '' for the target's usual
 * @property {readonly string[]} depends
 * @property {readonly string[]} recommends
 * @property {string} afterInstall shell script, '' for none
 * @property {string} afterRemove shell script, '' for none
 * @property {readonly string[]} map "source=target" of files and folders
 */

/** @type {ReadonlyMap<string, 'depends' | 'recommends'>} */
const lists = new Map([
  ['-d', 'depends'],
  ['--depends', 'depends'],
  ['--deb-recommends', 'recommends'],
]);
const flags = new Set(['--force', '--debug']);
/** electron-builder's word for a processor, in the words of each family. */
const processors = {
  deb: new Map([
    ['x64', 'amd64'],
    ['x86_64', 'amd64'],
    ['aarch64', 'arm64'],
  ]),
  other: new Map([
    ['x64', 'x86_64'],
    ['amd64', 'x86_64'],
    ['arm64', 'aarch64'],
  ]),
};

/**
 * @param {readonly string[]} args fpm's command line
 * @returns {PackageRequest}
 */
export function readPackageRequest(args) {
  const { single, depends, recommends, map } = sort(args);
  const get = (/** @type {string} */ key, other = '') => single.get(key) ?? other;
  const target = get('t');
  if (target !== 'deb' && target !== 'rpm' && target !== 'pacman')
    throw new Error(`-t ${target}: expected deb, rpm or pacman`);
  if (get('s') !== 'dir') throw new Error(`-s ${get('s')}: expected dir`);
  for (const key of ['package', 'name', 'version', 'architecture'])
    if (!single.has(key)) throw new Error(`--${key} is missing`);
  const [summary = '', ...description] = get('description')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const script = (/** @type {string} */ key) => (single.has(key) ? fs.readFileSync(get(key), 'utf8') : '');
  const architecture = get('architecture');
  return {
    target,
    file: get('package'),
    name: get('name'),
    version: get('version'),
    iteration: get('iteration'),
    architecture: processors[target === 'deb' ? 'deb' : 'other'].get(architecture) ?? architecture,
    summary,
    description,
    maintainer: get('maintainer', get('m')),
    license: get('license', 'unknown'),
    url: get('url'),
    vendor: get('vendor'),
    category: get('category', 'misc'),
    compression: get(`${target}-compression`),
    depends,
    recommends,
    afterInstall: script('after-install'),
    afterRemove: script('after-remove'),
    map,
  };
}

/** @param {readonly string[]} args */
function sort(args) {
  /** @type {Map<string, string>} */
  const single = new Map();
  /** @type {Record<'depends' | 'recommends', string[]>} */
  const many = { depends: [], recommends: [] };
  const map = [];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const list = lists.get(arg);
    if (flags.has(arg)) continue;
    if (list !== undefined) many[list].push(rest.shift() ?? '');
    else if (!arg.startsWith('-')) map.push(arg);
    else setOption(single, arg, rest);
  }
  return { single, ...many, map };
}

/**
 * `--key=value`, or the value in the next argument.
 * @param {Map<string, string>} single
 * @param {string} arg
 * @param {string[]} rest
 */
function setOption(single, arg, rest) {
  const [key = '', ...value] = arg.replace(/^-+/, '').split('=');
  single.set(key, arg.startsWith('--') && value.length > 0 ? value.join('=') : (rest.shift() ?? ''));
}
