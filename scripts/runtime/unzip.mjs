import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import zlib from 'node:zlib';

const endOfDirectory = Buffer.from('PK\x05\x06', 'latin1');
const fileHeaderBytes = 30;
const fileTypeMask = 0o170000;
const symbolicLink = 0o120000;

/**
 * @typedef {object} ZipEntry
 * @property {string} name
 * @property {number} method 0 stored, 8 deflated
 * @property {number} packedBytes
 * @property {number} mode Unix mode of the file, 0 when the archive does not say
 * @property {number} offset of the file header
 */

/**
 * Unpacks the files below `prefix`. Knows the parts of the format a plain archive under 4 GiB has; a link or a path
 * that leaves the folder is refused, since the archive comes from outside.
 * @param {string} zip
 * @param {{ prefix: string, skip: RegExp, into: string }} options `skip` is matched against the path below `prefix`
 */
export async function unzip(zip, { prefix, skip, into }) {
  const fd = fs.openSync(zip, 'r');
  try {
    for (const entry of readDirectory(fd)) {
      const relative = entry.name.startsWith(prefix) ? entry.name.slice(prefix.length) : '';
      if (relative === '' || relative.endsWith('/') || skip.test(relative)) continue;
      const target = path.join(into, relative);
      if (path.relative(into, target).startsWith('..') || (entry.mode & fileTypeMask) === symbolicLink) {
        throw new Error(`${zip}: refused entry ${entry.name}: it would leave the folder it is unpacked into`);
      }
      await writeEntry(zip, fd, entry, target);
    }
  } finally {
    fs.closeSync(fd);
  }
}

/**
 * @param {number} fd
 * @returns {ZipEntry[]}
 */
function readDirectory(fd) {
  const size = fs.fstatSync(fd).size;
  const tail = readAt(fd, Math.max(0, size - 65_557), Math.min(size, 65_557));
  const at = tail.lastIndexOf(endOfDirectory);
  if (at < 0) throw new Error('not a ZIP archive: no end of central directory');
  const directory = readAt(fd, tail.readUInt32LE(at + 16), tail.readUInt32LE(at + 12));
  const entries = [];
  for (let i = 0, p = 0; i < tail.readUInt16LE(at + 10); i++) {
    const nameBytes = directory.readUInt16LE(p + 28);
    entries.push({
      name: directory.toString('utf8', p + 46, p + 46 + nameBytes),
      method: directory.readUInt16LE(p + 10),
      packedBytes: directory.readUInt32LE(p + 20),
      mode: directory.readUInt32LE(p + 38) >>> 16,
      offset: directory.readUInt32LE(p + 42),
    });
    p += 46 + nameBytes + directory.readUInt16LE(p + 30) + directory.readUInt16LE(p + 32);
  }
  return entries;
}

/**
 * @param {string} zip
 * @param {number} fd
 * @param {ZipEntry} entry
 * @param {string} target
 */
async function writeEntry(zip, fd, entry, target) {
  if (entry.method !== 0 && entry.method !== 8)
    throw new Error(`${zip}: ${entry.name} is packed by method ${entry.method}, expected 0 or 8`);
  const header = readAt(fd, entry.offset, fileHeaderBytes);
  const start = entry.offset + fileHeaderBytes + header.readUInt16LE(26) + header.readUInt16LE(28);
  fs.mkdirSync(path.dirname(target), { recursive: true });
  const mode = entry.mode & 0o111 ? 0o755 : 0o644;
  if (entry.packedBytes === 0) return fs.writeFileSync(target, '', { mode });
  const source = fs.createReadStream(zip, { start, end: start + entry.packedBytes - 1 });
  const sink = fs.createWriteStream(target, { mode });
  await (entry.method === 0 ? pipeline(source, sink) : pipeline(source, zlib.createInflateRaw(), sink));
}

/**
 * @param {number} fd
 * @param {number} position
 * @param {number} length
 */
function readAt(fd, position, length) {
  const buffer = Buffer.alloc(length);
  if (fs.readSync(fd, buffer, 0, length, position) !== length) throw new Error('the ZIP archive is cut short');
  return buffer;
}
