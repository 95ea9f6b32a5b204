import fs from 'node:fs';

const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1');
const names = [
  'RunAsNode',
  'EnableCookieEncryption',
  'EnableNodeOptionsEnvironmentVariable',
  'EnableNodeCliInspectArguments',
  'EnableEmbeddedAsarIntegrityValidation',
  'OnlyLoadAppFromAsar',
  'LoadBrowserProcessSpecificV8Snapshot',
  'GrantFileProtocolExtraPrivileges',
  'WasmTrapHandlers',
];

const states = new Map([
  [0x30, 'off'],
  [0x31, 'on'],
  [0x72, 'removed'],
]);

/** How every fuse of a packaged program must stand. A fuse that an older Electron lacks is not checked. */
export const closedFuses = {
  RunAsNode: 'off',
  EnableCookieEncryption: 'on',
  EnableNodeOptionsEnvironmentVariable: 'off',
  EnableNodeCliInspectArguments: 'off',
  EnableEmbeddedAsarIntegrityValidation: 'on',
  OnlyLoadAppFromAsar: 'on',
  LoadBrowserProcessSpecificV8Snapshot: 'off',
  GrantFileProtocolExtraPrivileges: 'off',
  WasmTrapHandlers: 'on',
};

/**
 * Reads the fuse wire out of an Electron binary: a sentinel, version, length, and one character for each fuse. Read by
 * our own code, not by the library that wrote it, so that a mistake there shows.
 * @param {string} executable
 * @returns {Record<string, string>} state by name: on, off, removed or inherited
 */
export function readFuses(executable) {
  return parseFuseWire(fs.readFileSync(executable), executable);
}

/**
 * @param {Buffer} binary
 * @param {string} name for messages
 * @returns {Record<string, string>}
 */
export function parseFuseWire(binary, name) {
  const at = binary.indexOf(sentinel);
  if (at < 0) throw new Error(`${name} holds no fuse wire: expected an Electron binary`);
  const start = at + sentinel.length;
  const version = binary[start];
  if (version !== 1) throw new Error(`${name}: fuse wire version ${version}, expected 1`);
  /** @type {Record<string, string>} */
  const fuses = {};
  for (let index = 0; index < (binary[start + 1] ?? 0); index++) {
    const fuse = names[index];
    // A fuse this list does not know must be decided on before anything is shipped.
    if (fuse === undefined)
      throw new Error(`${name} has a fuse number ${index} that build/fuse-wire.mjs does not know`);
    fuses[fuse] = stateOf(binary[start + 2 + index]);
  }
  return fuses;
}

/** @param {number | undefined} byte */
function stateOf(byte) {
  return states.get(byte ?? 0) ?? 'inherited';
}

/**
 * @param {Record<string, string>} fuses
 * @returns {string[]} what stands otherwise than it must, in words
 */
export function openFuses(fuses) {
  return Object.entries(closedFuses).flatMap(([name, wanted]) => {
    const found = fuses[name];
    if (found === wanted || (found === undefined && name === 'WasmTrapHandlers')) return [];
    return [`fuse ${name} is ${found ?? 'missing'}, expected ${wanted}`];
  });
}
