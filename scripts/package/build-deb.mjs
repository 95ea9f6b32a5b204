import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { compressionLevel, listTree, runPackager, treeBytes } from './stage-files.mjs';

/**
 * @param {import('./package-request.mjs').PackageRequest} request
 * @param {string} root staged files
 */
export function buildDeb(request, root) {
  const sums = md5sums(root);
  const control = controlFile(request, treeBytes(root));
  const folder = path.join(root, 'DEBIAN');
  fs.mkdirSync(folder);
  fs.writeFileSync(path.join(folder, 'control'), control);
  fs.writeFileSync(path.join(folder, 'md5sums'), sums);
  if (request.afterInstall !== '')
    fs.writeFileSync(path.join(folder, 'postinst'), request.afterInstall, { mode: 0o755 });
  if (request.afterRemove !== '') fs.writeFileSync(path.join(folder, 'postrm'), request.afterRemove, { mode: 0o755 });
  const compression = { zst: 'zstd', gz: 'gzip' }[request.compression] ?? (request.compression || 'xz');
  const level = compressionLevel === '' ? [] : [`-z${compressionLevel}`];
  runPackager('dpkg-deb', ['--root-owner-group', `-Z${compression}`, ...level, '--build', root, request.file]);
}

/**
 * @param {import('./package-request.mjs').PackageRequest} request
 * @param {number} bytes installed
 */
function controlFile(request, bytes) {
  return [
    `Package: ${request.name}`,
    `Version: ${request.version}${request.iteration === '' ? '' : `-${request.iteration}`}`,
    `Architecture: ${request.architecture}`,
    `Maintainer: ${request.maintainer}`,
    `Installed-Size: ${Math.ceil(bytes / 1024)}`,
    ...(request.depends.length > 0 ? [`Depends: ${request.depends.join(', ')}`] : []),
    ...(request.recommends.length > 0 ? [`Recommends: ${request.recommends.join(', ')}`] : []),
    `Section: ${request.category}`,
    'Priority: optional',
    ...(request.url === '' ? [] : [`Homepage: ${request.url}`]),
    `Description: ${request.summary}`,
    ...request.description.map((line) => ` ${line}`),
    '',
  ].join('\n');
}

/** @param {string} root */
function md5sums(root) {
  return listTree(root)
    .filter((name) => fs.lstatSync(path.join(root, name)).isFile())
    .map(
      (name) =>
        `${createHash('md5')
          .update(fs.readFileSync(path.join(root, name)))
          .digest('hex')}  ${name}\n`,
    )
    .join('');
}
