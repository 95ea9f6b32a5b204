import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { exitWithError, projectRoot } from './project.mjs';
import { ensureElectron } from './setup/ensure-electron.mjs';

// Draws build/icons/holdfast.svg in every size and writes icon.ico and icon.icns. The results are kept in version
// control, because electron-builder would download a tool set to convert them.

const folder = path.join(projectRoot, 'build/icons');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const icoSizes = [16, 24, 32, 48, 64, 128, 256];
/** Type codes of the PNG members of an ICNS file, by size in pixels. */
const icnsTypes = new Map([
  [16, 'icp4'],
  [32, 'icp5'],
  [64, 'icp6'],
  [128, 'ic07'],
  [256, 'ic08'],
  [512, 'ic09'],
  [1024, 'ic10'],
]);

try {
  const { runtime } = await ensureElectron();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const program = path.join(projectRoot, 'scripts/runtime/draw-icons.mjs');
  execFileSync(runtime.executable, [...asRoot, program, path.join(folder, 'holdfast.svg'), folder, sizes.join(',')], {
    stdio: ['ignore', 1, 'ignore'],
  });
  fs.writeFileSync(path.join(folder, 'icon.ico'), ico(icoSizes));
  fs.writeFileSync(path.join(folder, 'icon.icns'), icns([...icnsTypes.keys()]));
} catch (error) {
  exitWithError(error);
}

/** @param {number} size */
function png(size) {
  return fs.readFileSync(path.join(folder, `${size}x${size}.png`));
}

/** @param {readonly number[]} members */
function ico(members) {
  const header = Buffer.alloc(6 + 16 * members.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(members.length, 4);
  let offset = header.length;
  for (const [index, size] of members.entries()) {
    const at = 6 + 16 * index;
    const bytes = png(size).length;
    // 0 stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(bytes, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += bytes;
  }
  return Buffer.concat([header, ...members.map(png)]);
}

/** @param {readonly number[]} members */
function icns(members) {
  const parts = members.map((size) => {
    const data = png(size);
    const head = Buffer.alloc(8);
    head.write(icnsTypes.get(size) ?? '', 'latin1');
    head.writeUInt32BE(data.length + 8, 4);
    return Buffer.concat([head, data]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0), 4);
  return Buffer.concat([head, ...parts]);
}
